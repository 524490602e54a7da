# What every machine does alike, in a container of its own as in the guest kernel.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
own=/run/$MACHINE
mkdir -p "$own"

# Docker numbers the cards as it likes; here eth0 leads to the front, eth1 to the back.
name_card() { # name_card eth0 192.0.2.
  card=$(ip -o -4 addr show | awk -v net="$2" 'index($4, net) == 1 { print $2; exit }')
  [ -z "$card" ] || [ "$card" = "$1" ] && return
  ip link set "$card" down
  ip link set "$card" name "$1.new"
}
name_cards() {
  name_card eth0 192.0.2.
  name_card eth1 10.77.0.
  for card in eth0 eth1; do
    [ -e "/sys/class/net/$card.new" ] || continue
    ip link set "$card.new" name "$card"
    ip link set "$card" up
  done
}

# In a container /proc/sys is read-only: there compose.yaml has set the same (`sysctls:`).
kernel_says() { sysctl -qw "$@" 2>/dev/null || :; }

# Runs the machine's program, and again when it has ended, unless it is switched off: program.sh.
supervise() {
  trap 'kill "$child"; wait "$child"; exit 0' TERM INT
  while :; do
    if [ -e "$own/off" ]; then
      sleep 0.05
      continue
    fi
    "$@" &
    child=$!
    echo "$child" >"$own/pid"
    wait "$child"
    echo "$MACHINE: $1 has ended with $?"
    sleep 0.1
  done
}
