#!/bin/bash
# The ledger: faults strike a real house ($KITH_BINARY, else build/release/kith) while customers and colleagues write.
#   run.sh [--rounds N] [--only kill,power_cut,...] [--long] [--at-least WORDS]      KITH_SEED=N draws the same faults again
#   run.sh --mutants [NAME...]      every fault on purpose must be caught; needs build/release/kith_mutants
set -euo pipefail
cd "$(dirname "$0")"
node=$(../../tools/node.sh)
program=rounds.ts
KITH_BINARY=${KITH_BINARY:-$PWD/../../build/release/kith}
if [ "${1:-}" = --mutants ]; then
  shift
  program=mutants.ts
  KITH_BINARY=$PWD/../../build/release/kith_mutants
fi
export KITH_BINARY
if ! [ -x "$KITH_BINARY" ]; then
  echo "There is no binary at $KITH_BINARY; make build builds it, or make mutants with faults on purpose." >&2
  exit 1
fi
# Its disks are nobody else's: what it mounts goes with it, however it ends.
apart=()
! unshare --mount true 2>/dev/null || apart=(unshare --mount --propagation private)
exec "${apart[@]}" "$node" --disable-warning=ExperimentalWarning "$program" "$@"
