#!/bin/sh
# nginx1, nginx2: the real servers. The reader says what addresses and which gateway they have.
. /runtime/machines/cards.sh
. /runtime/machines/supervise.sh
take_cards
# Two cards, two ways out: what leaves with a back address asks table 2, the rest the main one.
ip rule del priority 100 2>/dev/null
ip rule add from 10.77.0.0/24 table 2 priority 100
ip route replace 10.77.0.0/24 dev eth1 table 2

# A machine that the reader's files do not let start says why; one that had ended could not be asked.
# The kernel's settings are Compose's business (`sysctls:`).
ip -batch /lab/real-server/addresses >"$own/said" 2>&1 || {
  mv "$own/said" "$own/refused" && cat "$own/refused"
  exec sleep infinity
}

for name in site exporter; do
  sed "s|MACHINE|$MACHINE|g" "/machines/$name.conf" >"$own/$name.conf"
done
# Stands for whatever else a server runs: it lives on when the site has died.
nginx -e stderr -c "$own/exporter.conf" &
supervise nginx -e stderr -c "$own/site.conf" -g 'daemon off;'
