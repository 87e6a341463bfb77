#!/bin/bash
# The journeys: two humans in two real browsers, and the real binary ($KITH_BINARY, else the one that was built) between them.
#   run.sh            all of them
#   run.sh FILE...    only these, as a.test.ts; JOURNEY='handed over' only those whose name says so
# KITH_WEB=web takes what people see from web/apps/*/dist instead of the binary (a path from the root of the repository).
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
node=$("$root"/tools/node.sh)
for built in debug release; do [ -n "${KITH_BINARY:-}" ] || ! [ -x "$root/build/$built/kith" ] || KITH_BINARY=$root/build/$built/kith; done
export KITH_BINARY=${KITH_BINARY:-}
if ! [ -x "$KITH_BINARY" ]; then
  echo "There is no binary at '$KITH_BINARY'; make build makes one." >&2
  exit 1
fi
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=0} UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
[ "$root"/web/node_modules/.installed -nt "$root"/web/package-lock.json ] || "$root"/tools/npm_ci.sh web
[ "$root"/tests/system/node_modules/.installed -nt "$root"/tests/system/package-lock.json ] || "$root"/tools/npm_ci.sh tests/system
case "${KITH_WEB:-/}" in /*) ;; *) KITH_WEB=$root/$KITH_WEB ;; esac

files=(*.test.ts)
[ $# -eq 0 ] || files=("$@")
[ -z "${JOURNEY:-}" ] || set -- --test-name-pattern="$JOURNEY"
[ -n "${JOURNEY:-}" ] || set --
exec "$node" --disable-warning=ExperimentalWarning --test --test-concurrency="${JOURNEYS_AT_ONCE:-2}" --test-timeout=600000 \
  --test-reporter=spec "$@" "${files[@]}"
