#!/usr/bin/env bash
# Packs programs that are built already: a .deb and an AppImage. Needs no network. The same programs give the same bytes.
#   tools/bundle.sh [folder of the programs] [where to]
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
programs=${1:-target/release}
out=${2:-target/bundle}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
arch=$(dpkg --print-architecture)
machine=$(uname -m)
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
umask 022
for program in tapwright tapwright-app appimage-runtime; do
  [ -x "$programs/$program" ] || { echo "$programs/$program is missing: build it first (make bundle does)"; exit 1; }
done
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
share=$root/usr/share

# What both packages hold.
mkdir -p "$root/usr/bin"
for program in tapwright tapwright-app; do
  # Without what only a debugger reads.
  strip --strip-debug -o "$root/usr/bin/$program" "$programs/$program"
  chmod 755 "$root/usr/bin/$program"
done
install -Dm644 tools/bundle/dev.tapwright.app.desktop "$share/applications/dev.tapwright.app.desktop"
install -Dm644 tools/bundle/tapwright.xml "$share/mime/packages/tapwright.xml"
for size in 16 24 32 48 64 128 256 512; do
  install -Dm644 "icons/${size}x${size}.png" "$share/icons/hicolor/${size}x${size}/apps/tapwright.png"
done
install -Dm644 icons/tapwright.svg "$share/icons/hicolor/scalable/apps/tapwright.svg"
mkdir -p "$share/man/man1" "$share/bash-completion/completions" "$share/zsh/vendor-completions" "$share/fish/vendor_completions.d"
"$root/usr/bin/tapwright" man | gzip -9n >"$share/man/man1/tapwright.1.gz"
"$root/usr/bin/tapwright" completions bash >"$share/bash-completion/completions/tapwright"
"$root/usr/bin/tapwright" completions zsh >"$share/zsh/vendor-completions/_tapwright"
"$root/usr/bin/tapwright" completions fish >"$share/fish/vendor_completions.d/tapwright.fish"
for licence in LICENSE LICENSE-MIT LICENSE-APACHE; do
  install -Dm644 "$licence" "$share/doc/tapwright/$licence"
done
install -Dm644 tools/bundle/copyright "$share/doc/tapwright/copyright"
gzip -9nc CHANGELOG.md >"$share/doc/tapwright/changelog.gz"

# The .deb. Desktop, MIME and icon caches are brought up to date by the triggers of the packages that own them.
deb=$work/deb
cp -a "$root" "$deb"
mkdir "$deb/DEBIAN"
size=$(du -sk "$deb/usr" | cut -f1)
sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" -e "s/@SIZE@/$size/" tools/bundle/control >"$deb/DEBIAN/control"
(cd "$deb" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
find "$deb" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group "-Z${TAPWRIGHT_BUNDLE_COMPRESSION:-xz}" "-z${TAPWRIGHT_BUNDLE_LEVEL:-9}" --build "$deb" "$out/tapwright_${version}_$arch.deb" >/dev/null
echo "$out/tapwright_${version}_$arch.deb"

# The AppImage. It uses the system's WebKitGTK 4.1 and GTK 3, as the .deb does. Its first part (crates/appimage) needs no
# FUSE: it unpacks once into the user's cache.
app=$work/Tapwright.AppDir
cp -a "$root" "$app"
install -m755 tools/bundle/AppRun "$app/AppRun"
cp tools/bundle/dev.tapwright.app.desktop "$app/"
cp icons/256x256.png "$app/tapwright.png"
ln -s tapwright.png "$app/.DirIcon"
find "$app" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +
mksquashfs "$app" "$work/image" -root-owned -noappend -quiet -no-progress -comp gzip -Xcompression-level "${TAPWRIGHT_BUNDLE_LEVEL:-9}"
image=$out/Tapwright-$version-$machine.AppImage
strip -o "$work/runtime" "$programs/appimage-runtime"
# What tells a desktop that this is an AppImage of type 2.
printf 'AI\002' | dd of="$work/runtime" bs=1 seek=8 conv=notrunc status=none
cat "$work/runtime" "$work/image" >"$image"
chmod 755 "$image"
echo "$image"
