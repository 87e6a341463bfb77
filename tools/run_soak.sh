#!/bin/bash
# make soak: hours instead of seconds. All tests, fuzzing for ten minutes a target, ten thousand simulated days, two hundred faults
# under load (ROUNDS, which must acknowledge a million words), and then MINUTES of rounds with fresh seeds, each printed: KITH_SEED=N
# replays its days and random walks, its damage, its faults, its kills and its fuzzing.
set -euo pipefail
cd "$(dirname "$0")/.."
minutes=${MINUTES:-60}
fixed=${KITH_SEED:-}
unset KITH_SEED
replayed() { env ${fixed:+"KITH_SEED=$fixed"} "$@"; }
title() { printf '\n== %s\n' "$*"; }

SECONDS_EACH=${SECONDS_EACH:-600} tools/run_tests.sh
title "races, in every folder that owns a thread"
tools/run_tsan.sh --all
title "${DAYS:=10000} days"
ninja -C build/release kith kith_mutants kith_simulation_test
KITH_SEEDS=$DAYS build/release/tests/simulation/kith_simulation_test --gtest_brief=1 --gtest_filter='SmallDay.*'
title "a thousand damaged copies"
KITH_COPIES=1000 replayed build/debug/src/kith_storage_test --gtest_filter='Damaged.*'
KITH_DAMAGED_HOUSES=60 replayed tests/system/run.sh a_damaged_database.test.ts
title "faults on purpose, and faults that happen"
replayed tests/ledger/run.sh --mutants
rounds=${ROUNDS:-200}
replayed tests/ledger/run.sh --rounds "$rounds" --long --at-least $((rounds * 5000)) | tee build/test-logs/soak-ledger.log
ledger=$(tail -n 1 build/test-logs/soak-ledger.log)
[[ $ledger == *" acknowledged entries over $rounds faults: 0 lost, 0 doubled"* ]] || { echo "not every round was run: $ledger"; exit 1; }

simulation=build/debug/tests/simulation/kith_simulation_test
until=$((SECONDS + minutes * 60))
round=0
while [ $SECONDS -lt $until ]; do
  round=$((round + 1))
  seed=${fixed:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}
  title "round $round, seed $seed"
  # Thirty seeds in a row from this one on; a failure names the one that failed.
  for n in $(seq 0 29); do
    KITH_SEED=$((seed + n)) $simulation --gtest_brief=1 || { echo "replay with KITH_SEED=$((seed + n)) $simulation"; exit 1; }
  done
  KITH_SEED=$seed tests/system/run.sh --soak
  KITH_SEED=$seed tests/fuzz/run.sh 60
done
echo "soak: $round rounds without a failure"
echo "soak: $ledger"
