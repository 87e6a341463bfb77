#!/bin/bash
# run_tsan.sh [--all]: the threads of the house under ThreadSanitizer: the test programs of the two folders that own threads, and
# the system tests in which many clients write, read and disconnect at once. --all (make soak) adds the folders in which threads
# of others meet, and the system tests in which files come and go and the house stops meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=${JOBS:-$(nproc)}
log=build/test-logs/build-tsan.log
mkdir -p build/test-logs

[ -f build/tsan/build.ninja ] || cmake --preset tsan >"$log" 2>&1 || { cat "$log"; exit 1; }
# In full unless a filter says which tests use threads; the others run in the debug build.
declare -A only=(
  [storage]='SqliteStoreTest.*:*UnitContract.*:*FilesContract.*'
  [server]='AdminSocketTest.*:Backup.*:HealthPages.*:AdminActs.WhatTakesLong*'
)
programs=()
folders=(runtime realtime)
threads=--threads
[ "${1:-}" != --all ] || { folders+=(http storage server); threads=--all-threads; }
for folder in "${folders[@]}"; do
  ninja -C build/tsan -t query "kith_${folder}_test" >/dev/null 2>&1 && programs+=("kith_${folder}_test")
done
ninja -j "$jobs" -C build/tsan kith "${programs[@]}" >"$log" 2>&1 || { grep -vE '^\[[0-9]+/' "$log" | head -60; exit 1; }

export TSAN_OPTIONS="halt_on_error=1 exitcode=66 second_deadlock_stack=1"
for program in "${programs[@]}"; do
  folder=${program#kith_}
  "build/tsan/src/$program" --gtest_brief=1 --gtest_filter="${only[${folder%_test}]:-*}"
done
KITH_BINARY="$PWD/build/tsan/kith" tests/system/run.sh $threads
