#!/bin/sh
# Runs in a mount namespace of its own: start-daemon.sh DATA DATA_ROOT YES dockerd ARGUMENTS...
set -e
fail() {
  echo "level=error msg=\"$1\""
  exit 1
}

# The long path of the data, under a short name.
mount --bind "$1" "$2" || fail 'the data folder cannot be mounted'

# Docker warns that without forwarding "networking will not work". Here nothing is to be forwarded,
# and all that is needed works: in the daemon's own view of /proc, and only there, it is on.
mount --bind "$3" /proc/sys/net/ipv4/ip_forward 2>/dev/null || :
shift 3

# What redirects port 53 inside the containers' networks: the kernel may know one way or the other.
for XTABLES in nft legacy none; do
  export XTABLES
  unshare --net iptables -t nat -L -n >/dev/null 2>&1 && break
done
[ "$XTABLES" != none ] || fail 'this kernel has neither nf_tables nor ip_tables, so containers could not find each other by name'

exec "$@"
