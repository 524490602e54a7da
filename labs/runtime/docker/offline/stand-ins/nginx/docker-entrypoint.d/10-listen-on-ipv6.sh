#!/bin/sh
# The default server listens on IPv6 too, where there is any and nobody has changed the file.
set -e
file=/etc/nginx/conf.d/default.conf
[ -f /proc/net/if_inet6 ] && [ -w "$file" ] || exit 0
[ "$(sha256sum <"$file")" = "$(cat /usr/share/nginx/default.conf.sha256)" ] || exit 0
sed -i 's,^\( *\)listen  *80;,&\n\1listen  [::]:80;,' "$file"
