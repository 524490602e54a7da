# region servers
sysctl -w net.ipv4.conf.all.arp_ignore=1
sysctl -w net.ipv4.conf.all.arp_announce=2
ip address add 192.0.2.100/32 dev lo
# endregion servers
