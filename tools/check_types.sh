#!/bin/sh
# Checks the types of the system tests; they run without being compiled, so nobody else would.
set -eu
cd "$(dirname "$0")/../tests/system"
"$(../../tools/node.sh)" node_modules/typescript/bin/tsc --noEmit
echo "types: $(ls ./*.ts ./*/*.ts 2>/dev/null | wc -l) files of tests/system, 0 complaints"
