#!/bin/sh
# lvs1, lvs2: keepalived, on the reader's files, and the kernel's IPVS.
. /runtime/machines/cards.sh
. /runtime/machines/supervise.sh
take_cards

# In a container /proc/sys is read-only: there Compose has set the like (`sysctls:`).
kernel_says() { sysctl -qw "$@" 2>/dev/null || :; }
kernel_says net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.all.send_redirects=0
for card in eth0 eth1; do
  kernel_says "net.ipv4.conf.$card.rp_filter=0" "net.ipv4.conf.$card.send_redirects=0"
done
# The switch behind drops multicast; Docker's bridge, which stands for it, does not.
hear_no eth1 multicast
# What an earlier life may have left behind.
ipvsadm -C 2>/dev/null
supervise keepalived -n -l -G -f "/lab/$MACHINE/keepalived.conf" \
  -p "$own/keepalived.pid" -r "$own/vrrp.pid" -c "$own/checkers.pid" -b "$own/bfd.pid"
