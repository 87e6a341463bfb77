# shellcheck shell=bash
# tell_port.sh PORT, read by a script that becomes a server of the peers bench: prints the port as soon as somebody
# listens there, and nothing when the server ends before. Put it in the background, then exec the server.
until (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; do
  kill -0 $$ 2>/dev/null || exit 1
  sleep 0.05
done
echo "$1"
