#!/bin/sh
# Builds every fuzz target and runs each for SECONDS (10 unless told). One line per target; fails on any finding.
set -eu

seconds=${1:-10}
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$root/build/fuzz
cd "$root"

[ -f "$build/build.ninja" ] || cmake --preset fuzz >/dev/null
ninja -C "$build" ${JOBS:+-j "$JOBS"} fuzz_targets >"$build/fuzz_build.log" 2>&1 || {
  tail -40 "$build/fuzz_build.log"
  exit 1
}

mkdir -p "$build/findings"
failed=0
for source in tests/fuzz/*_fuzz.cc; do
  name=$(basename "$source" _fuzz.cc)
  seeds=tests/fuzz/corpus/$name
  learned=$build/corpus/$name
  log=$build/$name.log
  mkdir -p "$learned" "$seeds"
  if "$build/tests/fuzz/${name}_fuzz" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$build/findings/$name-" "$learned" "$seeds" >"$log" 2>&1; then
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    echo "fuzz $name: ok, ${runs:-?} inputs in $seconds s"
  else
    failed=1
    echo "fuzz $name: FOUND something, see $log"
    tail -30 "$log"
  fi
done
exit $failed
