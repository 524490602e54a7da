#!/bin/sh
# The documented start: flags are for haproxy, which runs as a master with workers (-W, so that it
# can be reloaded by SIGUSR2) in the foreground (-db).
set -e
case "${1:-}" in
  -*) set -- haproxy "$@" ;;
esac
if [ "$1" = haproxy ]; then
  shift
  set -- haproxy -W -db "$@"
fi
exec "$@"
