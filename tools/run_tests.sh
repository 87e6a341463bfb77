#!/bin/bash
# make test: units, fuzz targets, races, faults, and the real binary spoken to from outside. Ends with the runners' own closing
# lines, which it keeps in build/test-logs/.
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=${JOBS:-$(nproc)}
logs=build/test-logs
mkdir -p "$logs"

configure() {
  [ -f "build/$1/build.ninja" ] || cmake --preset "$1" >"$logs/cmake-$1.log" 2>&1 || { cat "$logs/cmake-$1.log"; exit 1; }
}
title() { printf '\n== %s\n' "$*"; }

# What fails is said at once and again at the end; the rest is still run, so that one run tells everything there is to mend.
failures=()
part() { # part NAME COMMAND [WORD...]: keeps what the command says in NAME.log
  local name=$1
  shift
  "$@" 2>&1 | tee "$logs/$name.log" || failures+=("$name")
}

# Tests of the front ends and of the binary use each other's.
[ tests/system/node_modules/.installed -nt tests/system/package-lock.json ] || tools/npm_ci.sh tests/system

title "the front ends"
tools/web.sh build

title "building (AddressSanitizer, UndefinedBehaviorSanitizer)"
configure debug
ninja -j "$jobs" -C build/debug >"$logs/build-debug.log" 2>&1 || { grep -vE '^\[[0-9]+/' "$logs/build-debug.log" | head -100; exit 1; }
! grep -n 'warning:' "$logs/build-debug.log" || { echo "The build must be free of warnings."; exit 1; }

title "the front ends, in Chromium"
part web tools/web.sh test

title "tests beside the code"
without_the_passed() { ctest --preset debug -j "$jobs" | grep -vE '^ *(Start|[0-9]+/[0-9]+ Test .* Passed)'; }
part ctest without_the_passed

title "the waiting line: what spin proves, and what it finds in mutants"
part model tests/model/run.sh

title "the binary from outside"
part system tests/system/run.sh

title "journeys: two humans in two browsers, and the binary between them"
part journeys env KITH_BINARY="$PWD/build/debug/kith" web/e2e/run.sh

# With the binary that people run: the sanitizers and a clock that stands still do not go together.
title "screens: every one opened, asked by axe and held against its picture"
configure release
ninja -j "$jobs" -C build/release kith >"$logs/build-release.log" 2>&1 || { tail -50 "$logs/build-release.log"; exit 1; }
part screens tools/web.sh looks --some

title "the ledger: faults strike while everybody writes, then the books are compared"
part ledger tests/ledger/run.sh --rounds 20

title "faults on purpose: the ledger must notice every one"
ninja -j "$jobs" -C build/release kith_mutants >"$logs/build-mutants.log" 2>&1 || { tail -50 "$logs/build-mutants.log"; exit 1; }
part mutants tests/ledger/run.sh --mutants

title "fuzz targets, ${SECONDS_EACH:-15} s each"
part fuzz tests/fuzz/run.sh "${SECONDS_EACH:-15}"

title "races (ThreadSanitizer)"
part races tools/run_tsan.sh

title "all of it"
{
  grep -E '^ *(Test Files|Tests) ' "$logs/web.log"
  grep -E 'tests passed|tests failed' "$logs/ctest.log"
  grep -E '^model: ' "$logs/model.log"
  grep -E '^[0-9]+ passed, [0-9]+ failed$' "$logs/screens.log"
  tail -qn 1 "$logs/ledger.log" "$logs/mutants.log"
  for log in journeys system; do
    LC_ALL=C grep -E '^[^ ]+ (tests|suites|pass|fail|cancelled|skipped|todo) [0-9]+$' "$logs/$log.log" | sed 's/^[^ ]* /# /'
  done
} || true
for name in "${failures[@]}"; do
  printf '\n== failed: %s (%s)\n' "$name" "$logs/$name.log"
  grep -aE '✖|not ok|FAILED|^FAIL|ERROR|rror:' "$logs/$name.log" | tail -n 25 || tail -n 25 "$logs/$name.log"
done
[ ${#failures[@]} -eq 0 ]
