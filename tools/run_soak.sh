#!/bin/bash
# make soak: the same tests for MINUTES instead of seconds. Fuzzing and the kill test start from fresh seeds each round and
# print them.
set -euo pipefail
cd "$(dirname "$0")/.."
minutes=${MINUTES:-60}
until=$((SECONDS + minutes * 60))
SECONDS_EACH=${SECONDS_EACH:-120} tools/run_tests.sh
round=0
while [ $SECONDS -lt $until ]; do
  round=$((round + 1))
  seed=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')
  echo "== round $round, seed $seed"
  KITH_SEED=$seed tests/system/run.sh --soak
  if [ -x tests/fuzz/run.sh ]; then tests/fuzz/run.sh 60; fi
done
echo "soak: $round rounds without a failure"
