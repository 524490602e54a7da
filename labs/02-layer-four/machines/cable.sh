#!/bin/sh
# Pulls the machine's cables at their far ends, or plugs them in again: the machine sees no difference.
# Only in a container; in the guest kernel the switch lets go of them.
case $1 in
cut)
  for card in eth0 eth1; do
    [ -e "/sys/class/net/$card" ] || continue
    # A queue without room for one frame.
    tc qdisc replace dev $card root pfifo limit 0
    nft "table netdev four_tiers_cable { chain $card { type filter hook ingress device $card priority -500; policy drop; } }"
  done
  ;;
mend)
  nft delete table netdev four_tiers_cable 2>/dev/null
  for card in eth0 eth1; do tc qdisc del dev $card root 2>/dev/null; done
  ;;
esac
exit 0
