#!/bin/sh
# /etc/nginx/templates/NAME.template becomes /etc/nginx/conf.d/NAME, with the variables that the
# environment defines put in. Only those: nginx's own $host and the like stay as they are.
set -e
templates="${NGINX_ENVSUBST_TEMPLATE_DIR:-/etc/nginx/templates}"
suffix="${NGINX_ENVSUBST_TEMPLATE_SUFFIX:-.template}"
output="${NGINX_ENVSUBST_OUTPUT_DIR:-/etc/nginx/conf.d}"
[ -d "$templates" ] || exit 0
if [ ! -w "$output" ]; then
  echo "$0: ERROR: $templates exists, but $output is not writable" >&2
  exit 0
fi
names=$(env | cut -d= -f1 | grep -E '^[A-Za-z_][A-Za-z0-9_]*$' | grep -E "${NGINX_ENVSUBST_FILTER:-}" || true)
defined=$(printf '${%s} ' $names)
find "$templates" -follow -type f -name "*$suffix" | sort | while read -r template; do
  name=${template#"$templates"/}
  result="$output/${name%"$suffix"}"
  mkdir -p "$(dirname "$result")"
  [ -n "${NGINX_ENTRYPOINT_QUIET_LOGS:-}" ] || echo "$0: Running envsubst on $template to $result"
  envsubst "$defined" <"$template" >"$result"
done
