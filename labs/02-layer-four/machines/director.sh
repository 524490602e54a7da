#!/bin/sh
# lvs1, lvs2: keepalived, on the reader's files, and the kernel's IPVS.
. /machines/common.sh
name_cards eth0=192.0.2. eth1=10.77.0.
kernel_says net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.all.send_redirects=0
for card in eth0 eth1; do
  kernel_says "net.ipv4.conf.$card.rp_filter=0" "net.ipv4.conf.$card.send_redirects=0"
done
# The switch behind drops multicast; a bridge of Docker's would not.
in_a_container && hear_no eth1 multicast
# What an earlier life may have left behind.
ipvsadm -C 2>/dev/null
rm -rf "${own:?}"/*
# Pid files of its own: in the guest kernel both directors share one /run.
supervise keepalived -n -l -G -f "/lab/$MACHINE/keepalived.conf" \
  -p "$own/keepalived.pid" -r "$own/vrrp.pid" -c "$own/checkers.pid" -b "$own/bfd.pid"
