#!/bin/bash
# nchan.sh FOLDER PORT: nginx with nchan, its files in FOLDER. A room is a channel; what one connection says goes to all of
# them, the writer as well. Nothing is kept: as cheap as nchan can do it, with one worker, because sharing rooms between
# several costs it more.
set -euo pipefail
folder=$1 port=$2
mkdir -p "$folder"
cat >"$folder/nginx.conf" <<END
load_module /usr/lib/nginx/modules/ngx_nchan_module.so;
daemon off;
worker_processes 1;
worker_rlimit_nofile $(ulimit -n);
pid $folder/nginx.pid;
error_log $folder/error.log error;
events { worker_connections $(ulimit -n); }
http {
  access_log off;
  client_body_temp_path $folder/body;
  proxy_temp_path $folder/proxy;
  fastcgi_temp_path $folder/fastcgi;
  uwsgi_temp_path $folder/uwsgi;
  scgi_temp_path $folder/scgi;
  nchan_shared_memory_size 256M;
  server {
    listen 127.0.0.1:$port backlog=4096;
    location = / {
      nchan_pubsub websocket;
      nchan_channel_id \$arg_room;
      nchan_store_messages off;
      nchan_subscriber_first_message newest;
      nchan_websocket_ping_interval 0;
    }
  }
}
END
(. "$(dirname "$0")/tell_port.sh" "$port") &
exec nginx -p "$folder" -e "$folder/error.log" -c "$folder/nginx.conf" >"$folder/log" 2>&1
