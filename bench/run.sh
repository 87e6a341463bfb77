#!/bin/sh
# run.sh [NAME...]: runs every bench, or those named, and prints one line per figure. Build the release preset first.
# `run.sh peers [OPTION...]` compares with the servers of others, some of them from Debian, which it installs
# (packaging/packages.txt, behind "peers:"); so it runs only when it is named. Options stand in bench/peers.cc.
set -eu
cd "$(dirname "$0")/.."
# A process may have as many files open as its hard limit allows; 10,000 connections need it.
ulimit -n "$(ulimit -Hn)"
[ -f bench/node_modules/.installed ] || tools/npm_ci.sh bench >&2
# The front ends are measured with the hands of the system tests.
[ -f tests/system/node_modules/.installed ] || tools/npm_ci.sh tests/system >&2
export KITH_BINARY="${KITH_BINARY:-$PWD/build/release/kith}"
export KITH_BENCH_FOLDER="${KITH_BENCH_FOLDER:-run/bench}"
mkdir -p "$KITH_BENCH_FOLDER"
if [ "${1:-}" = peers ]; then
  shift
  # Those that cannot be installed are named in the result as not measured.
  tools/install_packages.sh peers >&2 || true
  exec build/release/bench/bench_peers "$@"
fi
if [ $# -eq 0 ]; then
  set -- write_path stored_bytes page_and_search start idle_memory live_messages http_messages delivery fan_out \
    never_read storm desk list lighthouse loader
fi
status=0
for name in "$@"; do
  case $name in
    # What the front ends cost, in a real browser against the same binary.
    desk | list | lighthouse | loader) tools/web.sh bench "$name" ;;
    # The part of the comparison that needs nothing from Debian.
    fan_out)
      build/release/bench/bench_peers --rounds 1 \
        --only raw_epoll,kith_transport,npm_ws,uws_js,raw_epoll_to_all,kith_hub,socket_io,kith
      ;;
    *) "build/release/bench/bench_$name" ;;
  esac || { echo "$name FAILED" >&2; status=1; }
done
exit $status
