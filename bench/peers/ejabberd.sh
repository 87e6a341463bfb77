#!/bin/bash
# ejabberd.sh FOLDER PORT: an ejabberd of its own, with its Mnesia and its logs in FOLDER, told apart from a system's: no
# node name, no epmd, no cookie. XMPP over WebSocket at /ws, anonymous; rooms (group chat) that keep no history and
# no archive; no shapers. What it does for a message is what the others do: it comes in and goes to all of the room.
set -euo pipefail
folder=$1 port=$2
mkdir -p "$folder/mnesia"
cat >"$folder/ejabberd.yml" <<END
hosts: [localhost]
loglevel: warning
auth_method: [anonymous]
anonymous_protocol: sasl_anon
allow_multiple_connections: true
disable_sasl_mechanisms: [X-OAUTH2]
websocket_ping_interval: 600
websocket_timeout: 900
listen:
  - port: $port
    ip: 127.0.0.1
    module: ejabberd_http
    backlog: 4096
    request_handlers:
      /ws: ejabberd_http_ws
modules:
  mod_muc:
    access: all
    access_create: all
    access_persistent: none
    history_size: 0
    min_message_interval: 0
    min_presence_interval: 0
    max_users: 10
    max_user_conferences: 10
    default_room_options:
      persistent: false
      mam: false
      logging: false
END
(. "$(dirname "$0")/tell_port.sh" "$port") &
# Where Debian put its modules differs from one architecture to the next; its own start script knows.
ERL_LIBS=$(sed -n "s/^ERL_LIBS='\(.*\)'$/\1/p" "$(command -v ejabberdctl)")
export ERL_LIBS EJABBERD_CONFIG_PATH=$folder/ejabberd.yml EJABBERD_LOG_PATH=$folder/ejabberd.log
export ERL_CRASH_DUMP=$folder/crash.dump
exec erl -noinput -mnesia dir "\"$folder/mnesia\"" -s ejabberd +K true +P 250000 +Q 65536 >"$folder/log" 2>&1
