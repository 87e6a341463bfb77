#!/bin/sh
# install_packages.sh [WORD]: installs what packaging/packages.txt names and this machine lacks; with WORD only what stands
# behind it. Quick and silent when nothing is missing.
set -eu
cd "$(dirname "$0")/.."
word=${1:-}

if ! command -v dpkg-query >/dev/null 2>&1; then
  echo "Kith is built on Debian 12. This machine has no dpkg, so nothing was installed; packaging/packages.txt names" \
       "what is needed. Continuing with what is here." >&2
  exit 0
fi

if [ -n "$word" ]; then
  wanted=$(sed -n -e 's/#.*//' -e "s/^$word: //p" packaging/packages.txt | tr -s ' \n' ' ')
else
  wanted=$(sed -e 's/#.*//' -e '/: /d' packaging/packages.txt | tr -s ' \n' ' ')
fi
missing=""
for package in $wanted; do
  state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "Missing packages:$missing" >&2
    echo "Install them as root:  apt-get install --no-install-recommends$missing" >&2
    exit 1
  fi
  as_root="sudo"
fi

echo "Installing:$missing"
export DEBIAN_FRONTEND=noninteractive
install() {
  # shellcheck disable=SC2086  # a list of words on purpose
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing </dev/null
}
# What stands behind a word are programs to be started by hand: none of them may begin to serve, now or when the machine
# starts again.
policy=/usr/sbin/policy-rc.d
keep_quiet() {
  [ -n "$word" ] && [ ! -e $policy ] || return 0
  printf '#!/bin/sh\nexit 101\n' | $as_root tee $policy >/dev/null
  $as_root chmod 755 $policy
  trap '$as_root rm -f $policy' EXIT
}
stay_quiet() {
  [ -n "$word" ] && command -v systemctl >/dev/null 2>&1 || return 0
  for package in $missing; do $as_root systemctl disable --quiet "$package" 2>/dev/null || true; done
}
keep_quiet
# The package lists of a fresh machine are empty or old; fetch them only when the first attempt says so.
install >/dev/null 2>&1 || { $as_root apt-get update -q </dev/null && install; }
stay_quiet
