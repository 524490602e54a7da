#!/bin/sh
# Switches the machine's program off or on; the machine itself stays as it is.
own=/run/$MACHINE
case $1 in
off)
  touch "$own/off"
  pid=$(cat "$own/pid") || exit
  kill "$pid"
  while [ -e "/proc/$pid" ] && ! grep -q '^State:.Z' "/proc/$pid/status"; do sleep 0.01; done
  ;;
on) rm -f "$own/off" ;;
reload) kill -HUP "$(cat "$own/pid")" ;;
esac
