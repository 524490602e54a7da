#!/bin/bash
# The documented start (https://mariadb.com/kb/en/mariadb-server-docker-official-image-environment-variables/):
# an empty data folder is filled, by a server that listens on no network, from the environment and
# from /docker-entrypoint-initdb.d; then the real server takes its place.
set -eo pipefail
shopt -s nullglob

note() { echo "$(date +'%F %T') [Note] [Entrypoint]: $*"; }
fail() { echo "$(date +'%F %T') [ERROR] [Entrypoint]: $*" >&2; exit 1; }

# MARIADB_X, else MYSQL_X, else what the file named by either with _FILE holds; into MARIADB_X.
take() {
  local name="$1" prefix value='' from=''
  for prefix in MARIADB MYSQL; do
    local plain="${prefix}_$name" file="${prefix}_${name}_FILE"
    [ -z "${!plain:-}" ] || [ -z "${!file:-}" ] || fail "Both $plain and $file are set: choose one"
    [ -z "$from" ] || continue
    if [ -n "${!plain:-}" ]; then value="${!plain}" from="$plain"
    elif [ -n "${!file:-}" ]; then value="$(<"${!file}")" from="$file"; fi
  done
  export "MARIADB_$name=$value"
  unset "MARIADB_${name}_FILE" "MYSQL_${name}_FILE"
}

quoted() {
  local value="${1//\\/\\\\}"
  echo "'${value//\'/\\\'}'"
}
identified_by() { # password, hash
  if [ -n "$2" ]; then echo "IDENTIFIED BY PASSWORD $(quoted "$2")"; else echo "IDENTIFIED BY $(quoted "$1")"; fi
}
random() { head -c 24 /dev/urandom | base64 | tr -d '+/=\n'; }

folder_of() { # the data folder that these arguments and the files lead to
  local argument
  for argument in "$@"; do case "$argument" in --datadir=*) echo "${argument#*=}"; return ;; esac; done
  my_print_defaults --mariadbd | sed -n 's/^--datadir=//p' | tail -1
}

take_all() {
  local name
  for name in ROOT_HOST DATABASE USER PASSWORD PASSWORD_HASH ROOT_PASSWORD ROOT_PASSWORD_HASH \
    ALLOW_EMPTY_ROOT_PASSWORD RANDOM_ROOT_PASSWORD INITDB_SKIP_TZINFO MASTER_HOST MASTER_PORT \
    REPLICATION_USER REPLICATION_PASSWORD REPLICATION_PASSWORD_HASH HEALTHCHECK_GRANTS; do
    take "$name"
  done
  # The older names of MySQL's image.
  : "${MARIADB_ALLOW_EMPTY_ROOT_PASSWORD:=${MYSQL_ALLOW_EMPTY_PASSWORD:-}}"
  : "${MARIADB_ROOT_HOST:=%}"
  [ -n "$MARIADB_ROOT_PASSWORD$MARIADB_ROOT_PASSWORD_HASH$MARIADB_ALLOW_EMPTY_ROOT_PASSWORD$MARIADB_RANDOM_ROOT_PASSWORD" ] ||
    fail 'Database is uninitialized and password option is not specified: set one of MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_HASH, MARIADB_ALLOW_EMPTY_ROOT_PASSWORD and MARIADB_RANDOM_ROOT_PASSWORD'
}

# While it is set up, root has no password yet, and only the socket is open.
client() { mariadb --no-defaults --protocol=socket --socket="$socket" -uroot --password="$MARIADB_ROOT_PASSWORD" --binary-mode "$@"; }

start_temporary() {
  note 'Starting temporary server'
  "$@" --skip-networking --default-time-zone=SYSTEM --socket="$socket" --wsrep-on=OFF \
    --expire-logs-days=0 --loose-innodb-buffer-pool-load-at-startup=0 &
  server=$!
  until mariadb --no-defaults --protocol=socket --socket="$socket" -uroot -e 'SELECT 1' >/dev/null 2>&1; do
    kill -0 "$server" 2>/dev/null || fail 'The temporary server did not start'
    sleep 0.1
  done
}

stop_temporary() {
  note 'Stopping temporary server'
  kill "$server"
  wait "$server" || fail 'The temporary server did not stop cleanly'
}

accounts() { # root and the health check are this server's own business, so they are not replicated
  local root health
  root="$(identified_by "$MARIADB_ROOT_PASSWORD" "$MARIADB_ROOT_PASSWORD_HASH")"
  health="$(random)"
  echo 'SET @log = @@SESSION.sql_log_bin; SET SESSION sql_log_bin = 0;'
  # The installation makes root known under more names, without a password.
  echo "DROP USER IF EXISTS root@'127.0.0.1', root@'::1';"
  echo "EXECUTE IMMEDIATE CONCAT('DROP USER IF EXISTS root@', QUOTE(@@hostname));"
  echo "ALTER USER root@localhost $root;"
  if [ "$MARIADB_ROOT_HOST" != localhost ]; then
    echo "CREATE USER root@$(quoted "$MARIADB_ROOT_HOST") $root;"
    echo "GRANT ALL ON *.* TO root@$(quoted "$MARIADB_ROOT_HOST") WITH GRANT OPTION;"
    echo "GRANT PROXY ON ''@'%' TO root@$(quoted "$MARIADB_ROOT_HOST") WITH GRANT OPTION;"
  fi
  for host in 127.0.0.1 ::1 localhost; do
    echo "CREATE USER healthcheck@'$host' IDENTIFIED BY '$health';"
    echo "GRANT ${MARIADB_HEALTHCHECK_GRANTS:-USAGE} ON *.* TO healthcheck@'$host';"
  done
  echo 'SET SESSION sql_log_bin = @log;'
  (umask 0077 && printf '[mariadb-client]\nuser=healthcheck\npassword=%s\nprotocol=tcp\n' "$health" \
    >"$data/.my-healthcheck.cnf")
}

wishes() {
  if [ -n "$MARIADB_REPLICATION_USER" ] && [ -z "$MARIADB_MASTER_HOST" ]; then
    echo "CREATE USER $(quoted "$MARIADB_REPLICATION_USER")@'%' $(identified_by "$MARIADB_REPLICATION_PASSWORD" "$MARIADB_REPLICATION_PASSWORD_HASH");"
    echo "GRANT REPLICATION REPLICA ON *.* TO $(quoted "$MARIADB_REPLICATION_USER")@'%';"
  fi
  if [ -n "$MARIADB_DATABASE" ]; then echo "CREATE DATABASE IF NOT EXISTS \`$MARIADB_DATABASE\`;"; fi
  if [ -n "$MARIADB_USER" ] && [ -n "$MARIADB_PASSWORD$MARIADB_PASSWORD_HASH" ]; then
    echo "CREATE USER $(quoted "$MARIADB_USER")@'%' $(identified_by "$MARIADB_PASSWORD" "$MARIADB_PASSWORD_HASH");"
    [ -z "$MARIADB_DATABASE" ] ||
      echo "GRANT ALL ON \`${MARIADB_DATABASE//_/\\_}\`.* TO $(quoted "$MARIADB_USER")@'%';"
  fi
  if [ -n "$MARIADB_MASTER_HOST" ]; then
    echo "CHANGE MASTER TO MASTER_HOST=$(quoted "$MARIADB_MASTER_HOST"), MASTER_PORT=${MARIADB_MASTER_PORT:-3306},"
    echo "MASTER_USER=$(quoted "$MARIADB_REPLICATION_USER"), MASTER_PASSWORD=$(quoted "$MARIADB_REPLICATION_PASSWORD"), MASTER_CONNECT_RETRY=10;"
  fi
}

run_files() {
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    note "Running $file"
    case "$file" in
      *.sh) if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
      *.sql) client $MARIADB_DATABASE <"$file" ;;
      *.sql.gz) gunzip -c "$file" | client $MARIADB_DATABASE ;;
      *.sql.xz) xz -dc "$file" | client $MARIADB_DATABASE ;;
      *.sql.zst) zstd -dc "$file" | client $MARIADB_DATABASE ;;
      *) note "Ignoring $file" ;;
    esac
  done
}

initialise() {
  take_all
  note 'Initializing database files'
  mariadb-install-db --datadir="$data" --auth-root-authentication-method=normal --skip-test-db \
    --skip-log-bin --expire-logs-days=0 --loose-innodb-buffer-pool-load-at-startup=0 \
    --loose-innodb-buffer-pool-dump-at-shutdown=0 --cross-bootstrap >/dev/null
  start_temporary "$@"
  if [ -n "$MARIADB_RANDOM_ROOT_PASSWORD" ]; then
    MARIADB_ROOT_PASSWORD="$(random)"
    note "GENERATED ROOT PASSWORD: $MARIADB_ROOT_PASSWORD"
  fi
  if [ -z "$MARIADB_INITDB_SKIP_TZINFO" ]; then
    mariadb-tzinfo-to-sql --skip-write-binlog /usr/share/zoneinfo 2>/dev/null |
      MARIADB_ROOT_PASSWORD='' client mysql
  fi
  { accounts; wishes; } | MARIADB_ROOT_PASSWORD='' client mysql
  [ -z "$MARIADB_ROOT_PASSWORD_HASH" ] || [ -n "$MARIADB_ROOT_PASSWORD" ] || note 'Only a hash of the root password is known: SQL files cannot be run'
  run_files
  [ -z "$MARIADB_MASTER_HOST" ] || client -e 'START REPLICA'
  stop_temporary
  note 'MariaDB init process done. Ready for start up.'
}

case "${1:-}" in
  -*) set -- mariadbd "$@" ;;
  mysqld) shift && set -- mariadbd "$@" ;;
esac
if [ "$1" = mariadbd ] && ! printf '%s\n' "$@" | grep -qxE -e '--help|-\?|--version|-V|--print-defaults'; then
  data="$(folder_of "$@")"
  socket=/run/mysqld/mysqld.sock
  if [ "$(id -u)" = 0 ]; then
    mkdir -p "$data"
    find "$data" /run/mysqld ! -user mysql -exec chown mysql:mysql {} +
    exec setpriv --reuid mysql --regid mysql --clear-groups "$0" "$@"
  fi
  [ -d "$data/mysql" ] || initialise "$@"
fi
exec "$@"
