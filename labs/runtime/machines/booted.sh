#!/bin/sh
# Has the machine come up? 0, or what it said while it did not.
tries=0
while [ $tries -lt 200 ]; do
  [ -e "/run/$MACHINE/pid" ] && exit 0
  [ -e "/run/$MACHINE/refused" ] && cat "/run/$MACHINE/refused" && exit 1
  tries=$((tries + 1))
  sleep 0.02
done
exit 1
