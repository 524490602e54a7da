# Roads of the claims' network: what the topology cannot say. Run in the guest kernel, as root.
set -e
at() { ip netns exec "$@"; }

at client ip route add default via 198.51.100.1
at router sysctl -q -w net.ipv4.ip_forward=1

for director in lvs1 lvs2; do
  at $director ip route add default via 192.0.2.1
  at $director sysctl -q -w net.ipv4.ip_forward=1
  # One card in, the same card out: it need not tell anybody of a shorter way.
  at $director sysctl -q -w net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.eth0.send_redirects=0
done

for server in nginx1 nginx2; do at $server ip route add default via 192.0.2.1; done
at nginx3 ip route add default via 203.0.113.1

mkdir -p /run/servers
for server in nginx1 nginx2 nginx3; do
  sed "s/NAME/$server/" /app/nginx.conf >/run/servers/$server.conf
  at $server nginx -e /dev/null -c /run/servers/$server.conf
done
