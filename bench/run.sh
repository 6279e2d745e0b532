#!/usr/bin/env bash
# Measures the command line on a paged API that nginx serves from disk: run.sh [PAGES] [RECORDS_A_PAGE]
# Prints time, records a second and peak memory for each destination. A figure here is never a pass or a fail.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
pages=${1:-1000} size=${2:-1000}
for tool in nginx /usr/bin/time python3; do
  command -v "$tool" >/dev/null || { echo "$tool is missing (Debian: nginx-light, time, python3)"; exit 1; }
done
cargo build --release --locked -p cli
work=$(mktemp -d)
trap 'kill "$(cat "$work/nginx.pid" 2>/dev/null)" 2>/dev/null || true; rm -rf "$work"' EXIT
python3 bench/pages.py "$work/orders" "$pages" "$size"
cat >"$work/nginx.conf" <<CONF
daemon on;
worker_processes 1;
pid $work/nginx.pid;
error_log $work/error.log;
events {}
http {
  access_log off;
  default_type application/json;
  sendfile on;
  keepalive_requests 1000000;
  server {
    listen 127.0.0.1:18481;
    root $work;
    location = /orders { try_files /orders/\$arg_cursor.json /orders/p1.json =404; }
  }
}
CONF
nginx -p "$work" -c "$work/nginx.conf" 2>/dev/null
measure() { # what, destination
  /usr/bin/time -f '%e %M' -o "$work/time" target/release/tapwright --quiet sync bench/orders.connector.yaml --to "$2" >/dev/null 2>&1
  read -r seconds kilobytes <"$work/time"
  awk -v what="$1" -v s="$seconds" -v k="$kilobytes" -v n="$((pages * size))" \
    'BEGIN { printf "%-28s %8.2f s %12.0f records/s %8.0f MB\n", what, s, n / s, k / 1024 }'
}
measure "JSON lines" jsonl:-
measure "SQLite, empty table" "sqlite:$work/orders.db"
measure "SQLite, nothing changed" "sqlite:$work/orders.db"
