#!/bin/sh
# The documented start: when the command is nginx, what lies in /docker-entrypoint.d runs first, in
# the order of its names: *.envsh is read, executable *.sh is run, anything else is passed over.
set -e

say() {
  [ -n "${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ] || echo "$0: $*"
}

prepare() {
  for file in $(find /docker-entrypoint.d -mindepth 1 -maxdepth 1 -type f | sort -V); do
    case "$file" in
      *.envsh | *.sh)
        if [ ! -x "$file" ]; then
          say "Ignoring $file, not executable"
          continue
        fi ;;
      *)
        say "Ignoring $file"
        continue ;;
    esac
    say "Launching $file"
    case "$file" in
      *.envsh) . "$file" ;;
      *) "$file" ;;
    esac
  done
}

case "$1" in
  nginx | nginx-debug)
    prepare
    say 'Configuration complete; ready for start up' ;;
esac
exec "$@"
