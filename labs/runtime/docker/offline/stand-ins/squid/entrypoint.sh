#!/bin/sh
# The documented start: Squid in the foreground with /etc/squid/squid.conf, its logs in the
# container's. It writes them as the user proxy, who may not open the container's own output.
set -e
for log in access cache; do
  : >> "/var/log/squid/$log.log"
  chown proxy: "/var/log/squid/$log.log"
  tail -q -n 0 -F "/var/log/squid/$log.log" &
done
exec squid "$@"
