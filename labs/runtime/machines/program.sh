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
reload)
  # Who has only just begun does not know SIGHUP yet (blocked or caught: bit 1), and would die of it.
  tries=500
  while [ $((tries -= 1)) -gt 0 ]; do
    pid=$(cat "$own/pid")
    grep -Eqs '^Sig(Blk|Cgt):.*[13579bdf]$' "/proc/$pid/status" && kill -HUP "$pid" && exit
    sleep 0.01
  done
  exit 1
  ;;
esac
