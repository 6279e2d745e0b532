#!/usr/bin/env bash
# The API: nginx on loopback, pages from disk. server.sh start|stop FOLDER
set -euo pipefail
folder=$(readlink -f "$2")
case "$1" in
start)
  cat >"$folder/nginx.conf" <<CONF
daemon on;
worker_processes 1;
pid $folder/nginx.pid;
error_log $folder/error.log;
events {}
http {
  access_log off;
  default_type application/json;
  sendfile on;
  tcp_nodelay on;
  keepalive_requests 100000000;
  open_file_cache max=20000;
  client_body_temp_path $folder/tmp; proxy_temp_path $folder/tmp; fastcgi_temp_path $folder/tmp;
  uwsgi_temp_path $folder/tmp; scgi_temp_path $folder/tmp;
  server {
    listen 127.0.0.1:18481;
    root $folder;
    # A collection is read by the cursor in its body, by number, or by part.
    location ~ ^/([a-z]+)\$ { try_files /\$1/\$arg_cursor.json /\$1/\$arg_page.json /\$1/\$arg_part.json /\$1/1.json =404; }
  }
}
CONF
  nginx -p "$folder" -c "$folder/nginx.conf" 2>/dev/null
  ;;
stop) [ ! -f "$folder/nginx.pid" ] || kill "$(cat "$folder/nginx.pid")" ;;
esac
