#!/usr/bin/env bash
# Runs a command beside a PostgreSQL and a MariaDB of its own: empty, on loopback, gone afterwards. The command finds
# them in TAPWRIGHT_TEST_POSTGRES and TAPWRIGHT_TEST_MARIADB, as URLs of a user who may make databases.
set -euo pipefail
work=$(mktemp -d)
postgres_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$postgres_bin" ] || { echo "PostgreSQL is missing: install the package postgresql"; exit 1; }
command -v mariadbd >/dev/null || PATH=$PATH:/usr/sbin
command -v mariadbd >/dev/null || { echo "MariaDB is missing: install the package mariadb-server"; exit 1; }
# Both servers refuse to run as root.
if [ "$(id -u)" = 0 ]; then
  chmod 755 "$work"
  as() { setpriv --reuid "$1" --regid "$1" --clear-groups "${@:2}"; }
  own() { mkdir "$work/$1" && chown "$1:$1" "$work/$1"; }
else
  as() { "${@:2}"; }
  own() { mkdir "$work/$1"; }
fi
own postgres
own mysql
port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
stop() {
  as postgres "$postgres_bin/pg_ctl" -s -D "$work/postgres/data" -m immediate stop 2>/dev/null || true
  [ ! -f "$work/mysql/pid" ] || kill -9 "$(cat "$work/mysql/pid")" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT
postgres_port=$(port)
as postgres "$postgres_bin/initdb" -D "$work/postgres/data" -U tests -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
as postgres "$postgres_bin/pg_ctl" -s -w -D "$work/postgres/data" -l "$work/postgres/log" \
  -o "-p $postgres_port -h 127.0.0.1 -k $work/postgres -c fsync=off -c max_connections=200" start
mariadb_port=$(port)
as mysql mariadb-install-db --no-defaults --user="$(as mysql id -un)" --datadir="$work/mysql/data" --auth-root-authentication-method=normal \
  --skip-test-db >"$work/mysql.log" 2>&1 || { cat "$work/mysql.log"; exit 1; }
as mysql mariadbd --no-defaults --datadir="$work/mysql/data" --port="$mariadb_port" --bind-address=127.0.0.1 \
  --socket="$work/mysql/socket" --pid-file="$work/mysql/pid" --max-connections=200 --innodb-flush-log-at-trx-commit=0 \
  >>"$work/mysql.log" 2>&1 &
mariadb=$!
for _ in $(seq 100); do
  mariadb --no-defaults --socket="$work/mysql/socket" -u root -e "
    CREATE USER tests@'127.0.0.1' IDENTIFIED BY 'tests'; GRANT ALL ON *.* TO tests@'127.0.0.1' WITH GRANT OPTION" \
    2>/dev/null && break
  kill -0 "$mariadb" 2>/dev/null || { cat "$work/mysql.log"; exit 1; }
  sleep 0.1
done
export TAPWRIGHT_TEST_POSTGRES="postgres://tests@127.0.0.1:$postgres_port/postgres"
export TAPWRIGHT_TEST_MARIADB="mysql://tests:tests@127.0.0.1:$mariadb_port/mysql"
"$@"
