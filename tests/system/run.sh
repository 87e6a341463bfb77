#!/bin/bash
# The system tests: the real binary ($KITH_BINARY, else build/debug/kith) on scratch folders, spoken to over HTTP and live.
#   run.sh                everything, and whether every operation of docs/api.yaml was exercised
#   run.sh FILE...        only these
#   run.sh --threads      only where many clients act at once (for ThreadSanitizer); --all-threads: where files come and go and the house stops as well
#   run.sh --soak         only the kills and the resume test, longer; KITH_SEED=N replays what they drew
set -euo pipefail
cd "$(dirname "$0")"
node=$(../../tools/node.sh)
export KITH_BINARY=${KITH_BINARY:-$PWD/../../build/debug/kith}
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=0} UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
if ! [ -x "$KITH_BINARY" ]; then
  echo "There is no binary at $KITH_BINARY; make test builds it." >&2
  exit 1
fi

everything=false
case "${1:-}" in
  "") everything=true; files=(*.test.ts) ;;
  --threads) files=(a_customer_and_a_colleague_hold_a_conversation.test.ts resume_after_disconnect_is_exact.test.ts many_write_at_once.test.ts) ;;
  --all-threads) files=(a_customer_and_a_colleague_hold_a_conversation.test.ts resume_after_disconnect_is_exact.test.ts many_write_at_once.test.ts
    attachments.test.ts running_the_house.test.ts rights_end_while_somebody_joins.test.ts tls.test.ts a_stop_waits_for_nothing_long.test.ts) ;;
  --soak) export KITH_ROUNDS=${KITH_ROUNDS:-20}; files=(a_kill_loses_nothing.test.ts a_copy_follows.test.ts a_kill_keeps_files_and_drafts.test.ts resume_after_disconnect_is_exact.test.ts) ;;
  *) files=("$@") ;;
esac

seen=$(mktemp)
trap 'rm -f "$seen"' EXIT
export KITH_SEEN=$seen
"$node" --disable-warning=ExperimentalWarning --test --test-concurrency=2 --test-timeout=180000 --test-reporter=spec "${files[@]}"
if $everything; then
  "$node" --disable-warning=ExperimentalWarning harness/report_coverage.ts "$seen"
fi
