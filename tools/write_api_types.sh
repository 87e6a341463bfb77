#!/bin/sh
# write_api_types.sh [--check]: the TypeScript types of docs/api.yaml, in web/packages/wire/src/api.ts. With --check it only
# says whether the file is what the contract would give.
set -eu
cd "$(dirname "$0")/.."
types=web/packages/wire/src/api.ts
fresh=$(mktemp)
trap 'rm -f "$fresh"' EXIT
cd tests/system
"$(../../tools/node.sh)" node_modules/openapi-typescript/bin/cli.js ../../docs/api.yaml --alphabetize --output "$fresh" >/dev/null
cd ../..
if [ "${1:-}" = "--check" ]; then
  if ! cmp -s "$fresh" "$types"; then
    echo "$types is not what docs/api.yaml says (make api)"
    exit 1
  fi
  exit 0
fi
mkdir -p "$(dirname "$types")"
cp "$fresh" "$types"
echo "wrote $types"
