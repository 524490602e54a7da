#!/bin/bash
# The documented tests (https://mariadb.com/kb/en/using-healthcheck-sh/): each asks one question of
# the running server; all must be answered with yes. --connect fails while the data folder is being
# filled, since that server is on no network.
set -eo pipefail

defaults=(--defaults-extra-file=/var/lib/mysql/.my-healthcheck.cnf)
connection=''
behind=''

client() { mariadb "${defaults[@]}" --batch --connect-timeout=2 "$@" 2>/dev/null; }
ask() { client --skip-column-names -e "$1"; }
replica() { client -e "SHOW REPLICA${connection:+ '$connection'} STATUS\G" | sed -n "s/^ *$1: //p" | head -1; }

connect() { [ -n "$(ask 'SELECT 1 FROM DUAL WHERE @@skip_networking = 0')" ]; }
innodb_initialized() { [ "$(ask "SELECT 1 FROM information_schema.ENGINES WHERE engine = 'innodb' AND support IN ('YES', 'DEFAULT')")" = 1 ]; }
innodb_buffer_pool_loaded() {
  case "$(ask "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'Innodb_buffer_pool_load_status'")" in
    *'load completed'* | *'not started'* | '') return 0 ;;
    *) return 1 ;;
  esac
}
replication_io() { [ "$(replica Slave_IO_Running)" = Yes ]; }
replication_sql() { [ "$(replica Slave_SQL_Running)" = Yes ]; }
replication_seconds_behind_master() { local lag; lag="$(replica Seconds_Behind_Master)"; [ "$lag" != NULL ] && [ "${lag:-x}" -le "$behind" ]; }
replication() { replication_io && replication_sql; }
galera_online() { [ "$(ask "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = 'WSREP_LOCAL_STATE'")" = 4 ]; }

[ $# -gt 0 ] || { echo 'healthcheck.sh: at least one test is needed, as in --connect' >&2; exit 1; }
while [ $# -gt 0 ]; do
  case "$1" in
    --connect | --innodb_initialized | --innodb_buffer_pool_loaded | --galera_online | \
      --replication | --replication_io | --replication_sql)
      "${1#--}" || { echo "healthcheck ${1#--} failed" >&2; exit 1; } ;;
    --replication_seconds_behind_master=*)
      behind="${1#*=}"
      replication_seconds_behind_master || { echo 'healthcheck replication_seconds_behind_master failed' >&2; exit 1; } ;;
    --replication_name=*) connection="${1#*=}" ;;
    --datadir=*) defaults=(--defaults-extra-file="${1#*=}/.my-healthcheck.cnf") ;;
    --defaults-file=* | --defaults-extra-file=*) defaults=("$1") ;;
    --no-defaults) defaults=(--no-defaults) ;;
    *) echo "healthcheck.sh: unknown test $1" >&2; exit 1 ;;
  esac
  shift
done
