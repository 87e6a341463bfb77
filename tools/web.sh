#!/bin/sh
# web.sh TOOL [WORD...]: runs web/tools/TOOL.ts (build, dev, test, check, ...) with the Node.js that belongs to Kith.
set -eu
cd "$(dirname "$0")/.."
node=$(tools/node.sh)
[ web/node_modules/.installed -nt web/package-lock.json ] || tools/npm_ci.sh web
cd web
tool=$1
shift
set -- "$node" --disable-warning=ExperimentalWarning "tools/$tool.ts" "$@"
# Two builds at once would empty the folder under each other.
[ "$tool" = build ] && set -- flock node_modules/.building "$@"
exec "$@"
