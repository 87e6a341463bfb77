#!/bin/sh
# run.sh [NAME...]: runs every bench, or those named, and prints one line per figure. Build the release preset first.
set -eu
cd "$(dirname "$0")/.."
# A process may have as many files open as its hard limit allows; 10,000 connections need it.
ulimit -n "$(ulimit -Hn)"
[ -f bench/node_modules/.installed ] || tools/npm_ci.sh bench >&2
export KITH_BINARY="${KITH_BINARY:-$PWD/build/release/kith}"
export KITH_BENCH_FOLDER="${KITH_BENCH_FOLDER:-run/bench}"
mkdir -p "$KITH_BENCH_FOLDER"
if [ $# -eq 0 ]; then
  set -- write_path stored_bytes page_and_search idle_memory live_messages http_messages delivery fan_out \
    desk list lighthouse loader
fi
status=0
for name in "$@"; do
  case $name in
    # What the front ends cost, in a real browser against the same binary.
    desk | list | lighthouse | loader) tools/web.sh bench "$name" ;;
    *) "build/release/bench/bench_$name" ;;
  esac || { echo "$name FAILED" >&2; status=1; }
done
exit $status
