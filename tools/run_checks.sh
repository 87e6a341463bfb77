#!/bin/bash
# make check: every check, all of them even when one complains, so that one run tells the whole story.
set -uo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
failed=()

run() {
  local name=$1
  shift
  "$@" || failed+=("$name")
}

for check in format layers sizes words traces api; do
  run "$check" "$python" "tools/check_$check.py"
done
run api-types tools/write_api_types.sh --check
run types tools/check_types.sh
run web-build tools/web.sh build
run web tools/web.sh check
run tidy "$python" tools/check_tidy.py "${@}"

if [ ${#failed[@]} -gt 0 ]; then
  echo "check: failed: ${failed[*]}"
  exit 1
fi
echo "check: everything is in order"
