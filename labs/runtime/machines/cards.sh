# A machine's network cards, in a container as in a kernel of its own. To be sourced.

# A container may not write there. What brings a kernel of its own may: ../director/.
in_a_container() { [ ! -w /proc/sys/net/ipv4/ip_forward ]; }

# Docker's name for a card: each of the lab's networks has a quarter of LAB_NET, and the address which
# Docker has given the card is in it. Quarter 0 leads to the host, 1 is for eth0, 2 for eth1.
card_in() {
  ip -o -4 addr show | awk -v quarter="$1" '
    $2 != "lo" { split($4, part, /[.\/]/); if (int(part[4] / 64) == quarter) print $2 }'
}

# Docker numbers the cards as it likes, and gives a card that comes back another MAC, which the
# neighbours do not know. Here they are eth0 and eth1, with the addresses that ETH0 and ETH1 say.
take_cards() {
  in_a_container || return 0
  door=$(card_in 0) front=$(card_in 1) back=$(card_in 2)
  for card in $door $front $back; do
    ip link set "$card" down
    ip link set "$card" name "$card.was"
  done
  [ -z "$door" ] || { ip link set "$door.was" name door && ip link set door up; }
  [ -z "$front" ] || take_card "$front.was" eth0 "$ETH0"
  [ -z "$back" ] || take_card "$back.was" eth1 "$ETH1"
}
take_card() {
  ip addr flush dev "$1"
  ip link set "$1" name "$2"
  ip link set "$2" address "$(mac_of "${3%/*}")"
  ip link set "$2" up
  know_machines_alone "$2"
  ip addr add "$3" dev "$2"
}

# The host has a foot in each of Docker's bridges, and Linux answers there for whatever addresses it has
# anywhere (arp_ignore 0): one that has 192.0.2.2 would be taken for lvs1. ARP counts if a machine says it.
know_machines_alone() {
  tc qdisc add dev "$1" ingress 2>/dev/null
  if tc filter replace dev "$1" ingress pref 4 protocol arp u32 match u32 0 0 action drop 2>/dev/null; then
    # The sender's MAC: RFC 826.
    tc filter replace dev "$1" ingress pref 3 protocol arp u32 match u16 0x0200 0xffff at 8 action pass
  else
    nft "table netdev four_tiers_$1_arp {
      chain in { type filter hook ingress device $1 priority -400;
        ether type arp ether saddr & ff:ff:00:00:00:00 != 02:00:00:00:00:00 drop; }
    }"
  fi
}

# 192.0.2.11 → 02:00:c0:00:02:0b. Locally administered: RFC 9542, 2.1.
mac_of() { printf '02:00:%02x:%02x:%02x:%02x' $(echo "$1" | tr . ' '); }

# Drops what comes in on a card, before anything else sees it: with tc(8), or nft(8) where the kernel
# has no actions for tc. hear_no eth1 multicast, hear_no eth1 anything; hear_again eth1.
hear_no() {
  case $2 in
  multicast) tc_match='protocol ip u32 match ip dst 224.0.0.0/4' nft_match='ip daddr 224.0.0.0/4' pref=2 ;;
  *) tc_match='protocol all u32 match u32 0 0' nft_match='' pref=1 ;;
  esac
  tc qdisc add dev "$1" ingress 2>/dev/null
  tc filter replace dev "$1" ingress pref $pref $tc_match action drop 2>/dev/null ||
    nft "table netdev four_tiers_$1_$2 {
      chain in { type filter hook ingress device $1 priority -500; $nft_match drop; }
    }"
}
hear_again() {
  tc filter del dev "$1" ingress pref 1 2>/dev/null || nft delete table netdev "four_tiers_$1_anything"
}
