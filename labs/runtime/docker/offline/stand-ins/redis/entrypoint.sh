#!/bin/sh
# The documented start: a first argument that is a flag or a .conf file is meant for redis-server,
# which runs as the user redis on a /data that is its own.
set -e

case "${1:-}" in
  -* | *.conf) set -- redis-server "$@" ;;
esac

# The official image lets strangers in by default (protected-mode no is compiled into it), since
# what is not published is not reachable. Debian's does not: it is told so, unless somebody spoke.
speaks_of_protected_mode() {
  for argument in "$@"; do
    case "$argument" in
      --protected-mode) return 0 ;;
      *.conf) grep -qsi '^[[:space:]]*protected-mode[[:space:]]' "$argument" && return 0 ;;
    esac
  done
  return 1
}
case "$1" in
  redis-server | redis-sentinel)
    case " $* " in
      *' --version '* | *' -v '* | *' --help '* | *' -h '* | *' --test-memory '*) ;;
      *) speaks_of_protected_mode "$@" || set -- "$@" --protected-mode no ;;
    esac ;;
esac

if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
  find . ! -user redis -exec chown redis:redis {} +
  exec setpriv --reuid redis --regid redis --clear-groups "$0" "$@"
fi

# Data that only its owner can read, unless the container was given a mask of its own.
[ "$(umask)" != 0022 ] || umask 0077
exec "$@"
