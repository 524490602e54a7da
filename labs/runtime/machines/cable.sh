#!/bin/sh
# Pulls the machine's cables at their far ends, or plugs them in again: the machine sees no difference.
. /runtime/machines/cards.sh
for card in eth0 eth1; do
  [ -e "/sys/class/net/$card" ] || continue
  case $1 in
  cut)
    # A queue without room for one frame.
    tc qdisc replace dev $card root pfifo limit 0
    hear_no $card anything
    ;;
  mend)
    tc qdisc del dev $card root
    hear_again $card
    ;;
  esac || exit
done
