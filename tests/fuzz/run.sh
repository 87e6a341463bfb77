#!/bin/bash
# Builds every fuzz target and runs each for SECONDS (10 unless told), two at a time on two processors. One line per target;
# fails on any finding. What they draw comes from KITH_SEED, which is printed with a finding.
set -euo pipefail

export seconds=${1:-10}
export seed=${KITH_SEED:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}
root=$(cd "$(dirname "$0")/../.." && pwd)
export build=$root/build/debug
export kept=$root/build/fuzz # what was learned and found
cd "$root"

mkdir -p "$kept/findings"
[ -f "$build/build.ninja" ] || cmake --preset debug >/dev/null
ninja -C "$build" -j "${JOBS:-$(nproc)}" fuzz_targets >"$kept/build.log" 2>&1 || {
  tail -40 "$kept/build.log"
  exit 1
}

run_one() {
  local name=$1 seeds=tests/fuzz/corpus/$1 learned=$kept/corpus/$1 log=$kept/$1.log
  mkdir -p "$learned" "$seeds"
  if "$build/tests/fuzz/${name}_fuzz" -seed="$seed" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$kept/findings/$name-" "$learned" "$seeds" >"$log" 2>&1; then
    echo "fuzz $name: ok, $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs in $seconds s"
  else
    printf 'fuzz %s: FOUND something with KITH_SEED=%s, see %s\n%s\n' "$name" "$seed" "$log" "$(tail -30 "$log")"
    return 1
  fi
}
export -f run_one

for source in tests/fuzz/*_fuzz.cc; do basename "$source" _fuzz.cc; done |
  xargs -P "${JOBS:-$(nproc)}" -I{} bash -c 'run_one {}'
