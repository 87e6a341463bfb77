#!/bin/bash
# Makes build/package/kith_VERSION_ARCHITECTURE.deb from build/release/kith.
set -euo pipefail
cd "$(dirname "$0")/.."
umask 022
# The same commit and the same binary make the same package.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
binary=build/release/kith
out=build/package
[ -x "$binary" ] || { echo "There is no $binary yet; run make build first." >&2; exit 1; }

version=$(sed -n 's/^project(kith VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
architecture=$(dpkg --print-architecture)
rm -rf "$out"
root=$out/root
install -D -m 0755 "$binary" "$root/usr/bin/kith"
strip --strip-unneeded "$root/usr/bin/kith"
install -D -m 0644 packaging/systemd/kith.service "$root/lib/systemd/system/kith.service"
install -D -m 0640 packaging/kith.conf.example "$root/etc/kith/kith.conf"
install -D -m 0644 packaging/kith.conf.example "$root/usr/share/doc/kith/examples/kith.conf"
install -D -m 0644 packaging/debian/copyright "$root/usr/share/doc/kith/copyright"
for page in running.md api.yaml live.md; do
  [ -f "docs/$page" ] && install -m 0644 "docs/$page" "$root/usr/share/doc/kith/$page"
done
/usr/bin/python3 tools/write_sbom.py "$binary" >"$root/usr/share/doc/kith/sbom.json"
if [ -f CHANGELOG.md ]; then gzip -9nc CHANGELOG.md >"$root/usr/share/doc/kith/changelog.gz"; fi

# Which libraries the binary needs, asked of the packages that brought them.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/debian"
printf 'Source: kith\n\nPackage: kith\nArchitecture: any\n' >"$scratch/debian/control"
kith=$(realpath "$root/usr/bin/kith")
depends=$(cd "$scratch" && dpkg-shlibdeps -O "$kith" 2>/dev/null | sed -n 's/^shlibs:Depends=//p')

mkdir -p "$root/DEBIAN"
size=$(du -sk "$root" | cut -f1)
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@DEPENDS@/$depends/" -e "s/@SIZE@/$size/" \
  packaging/debian/control.in >"$root/DEBIAN/control"
install -m 0644 packaging/debian/conffiles "$root/DEBIAN/conffiles"
(cd "$root" && find usr lib -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
for script in postinst prerm postrm; do install -m 0755 "packaging/debian/$script" "$root/DEBIAN/$script"; done
dpkg-deb --root-owner-group --build "$root" "$out/kith_${version}_${architecture}.deb"
