#!/bin/sh
# nginx1, nginx2: the real servers. The reader says what addresses and which gateway they have.
. /machines/common.sh
name_cards eth0=192.0.2. eth1=10.77.0.
# Two cards, two ways out: what leaves with a back address asks table 2, the rest the main one.
ip rule del priority 100 2>/dev/null
ip rule add from 10.77.0.0/24 table 2 priority 100
ip route replace 10.77.0.0/24 dev eth1 table 2
kernel_says net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.eth0.rp_filter=0 net.ipv4.conf.eth1.rp_filter=0
rm -rf "${own:?}"/*

# A machine that the reader's files do not let start says why, and ends; a container that has ended
# could not be asked.
refused() {
  mv "$own/said" "$own/refused" && cat "$own/refused"
  in_a_container && exec sleep infinity
  exit 78
}
ip -batch /lab/real-server/addresses >"$own/said" 2>&1 || refused
# In a container compose.yaml has set these.
if ! in_a_container; then
  sysctl -q -p /lab/real-server/sysctl.conf >"$own/said" 2>&1 || refused
fi

for name in site exporter; do
  sed "s|MACHINE|$MACHINE|g" "/machines/$name.conf" >"$own/$name.conf"
done
# Stands for whatever else a server runs: it lives on when the site has died.
nginx -e stderr -c "$own/exporter.conf" &
supervise nginx -e stderr -c "$own/site.conf" -g 'daemon off;'
