#!/bin/sh
# The documented start: with no command, or with flags alone, varnishd runs with the file
# /etc/varnish/default.vcl, HTTP on :80, the PROXY protocol on :8443 and VARNISH_SIZE of memory.
set -e
case "${1:--}" in
  -*)
    set -- varnishd -F -f "${VARNISH_VCL_FILE:-/etc/varnish/default.vcl}" \
      -a "http=:${VARNISH_HTTP_PORT:-80},HTTP" \
      -a "proxy=:${VARNISH_PROXY_PORT:-8443},PROXY" \
      -p feature=+http2 -s "malloc,$VARNISH_SIZE" "$@" ;;
esac
exec "$@"
