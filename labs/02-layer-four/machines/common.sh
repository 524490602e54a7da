# What every machine does alike, in a container of its own as in the guest kernel.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
own=/run/$MACHINE
mkdir -p "$own"

# Only the guest kernel, which is the lab's own, lets a machine write there.
in_a_container() { [ ! -w /proc/sys/net/ipv4/ip_forward ]; }

# Docker may number the cards in another order, and gives a card that comes back another MAC, which
# the neighbours do not know: name_cards eth0=192.0.2. eth1=10.77.0. (name=start of its address).
name_cards() {
  in_a_container || return 0
  for pair in "$@"; do
    name=${pair%%=*}
    set -- $(ip -o -4 addr show | awk -v net="${pair#*=}" 'index($4, net) == 1 { print $2, $4; exit }')
    [ -n "$1" ] || continue
    ip link set "$1" down
    ip link set "$1" name "$name.new"
    ip link set "$name.new" address "$(mac_of "${2%/*}")"
  done
  for card in /sys/class/net/*.new; do
    card=${card##*/}
    ip link set "$card" name "${card%.new}"
    ip link set "${card%.new}" up
  done
}

# 192.0.2.11 → 02:00:c0:00:02:0b. Locally administered: RFC 9542, 2.1.
mac_of() { printf '02:00:%02x:%02x:%02x:%02x' $(echo "$1" | tr . ' '); }

# In a container /proc/sys is read-only: there compose.yaml has set the same (`sysctls:`).
kernel_says() { sysctl -qw "$@" 2>/dev/null || :; }

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

# Ends what is left of a program's process group, however it was stopped.
end_group() {
  kill -TERM "-$1" 2>/dev/null || return 0
  tries=100
  while kill -0 "-$1" 2>/dev/null; do
    [ $((tries -= 1)) -gt 0 ] || kill -KILL "-$1" 2>/dev/null
    sleep 0.02
  done
}

# Runs the machine's program, and again when it has ended, unless it is switched off: program.sh. Of a
# keepalived that dies early its children may live on, and keep the next one from its place.
supervise() {
  trap 'kill "$child"; wait "$child"; exit 0' TERM INT
  while :; do
    if [ -e "$own/off" ]; then
      sleep 0.05
      continue
    fi
    setsid "$@" &
    child=$!
    echo "$child" >"$own/pid"
    wait "$child"
    echo "$MACHINE: $1 has ended with $?"
    end_group "$child"
    sleep 0.1
  done
}
