#!/bin/sh
# npm_ci.sh FOLDER: installs exactly what FOLDER/package-lock.json names, without running anybody's install scripts.
set -eu
cd "$(dirname "$0")/.."
npm=$(tools/node.sh --npm)
cd "$1"
"$npm" ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null
touch node_modules/.installed
