#!/usr/bin/env bash
# Packs programs, installs the .deb on this machine, checks what a desktop finds, starts the window as a desktop does,
# and removes it again. The packed folder is started too. Takes the programs that the tests built.
#   tools/test-bundle.sh [folder of the programs]
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
programs=${1:-target/debug}
work=$(mktemp -d)
pid=
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
clean() {
  [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
  if dpkg-query -W -f='${Status}' tapwright 2>/dev/null | grep -q 'ok installed'; then as_root dpkg -P tapwright >/dev/null; fi
  rm -rf "$work"
}
trap clean EXIT
say() { echo "bundle: $*"; }
is() { # what, found, expected
  [ "$2" = "$3" ] || { echo "bundle: $1 is '$2' and should be '$3'"; exit 1; }
  say "$1: $2"
}
type=application/x-tapwright-connector+yaml
desktop=dev.tapwright.app.desktop

desktop-file-validate "tools/bundle/$desktop"
TAPWRIGHT_BUNDLE_COMPRESSION=gzip TAPWRIGHT_BUNDLE_LEVEL=1 tools/bundle.sh "$programs" "$work" >"$work/made" 2>"$work/notes"
deb=$(head -1 "$work/made")
as_root dpkg -i "$deb" >"$work/dpkg" 2>&1 || { cat "$work/dpkg"; exit 1; }
cp examples/apis/jsonplaceholder.connector.yaml "$work/a.connector.yaml"
touch "$work/a.yaml"
is "the type of a.connector.yaml" "$(gio info -a standard::content-type "$work/a.connector.yaml" | sed -n 's/.*content-type: //p')" "$type"
[ "$(gio info -a standard::content-type "$work/a.yaml" | sed -n 's/.*content-type: //p')" != "$type" ] || { echo "bundle: every YAML is taken for a connector"; exit 1; }
is "what opens it" "$(xdg-mime query default "$type")" "$desktop"
is "what opens tapwright:" "$(xdg-mime query default x-scheme-handler/tapwright)" "$desktop"
is "tapwright --version" "$(/usr/bin/tapwright --version)" "tapwright $(dpkg-query -W -f='${Version}' tapwright)"
for file in /usr/share/icons/hicolor/{16x16,48x48,256x256}/apps/tapwright.png /usr/share/man/man1/tapwright.1.gz \
  /usr/share/bash-completion/completions/tapwright /usr/share/doc/tapwright/LICENSE-MIT; do
  [ -s "$file" ] || { echo "bundle: $file is missing"; exit 1; }
done

starts() { # what, the words of a start
  local data=$work/data-$1
  shift
  TAPWRIGHT_DATA_DIR=$data "$@" "$work/a.connector.yaml" >"$work/log" 2>&1 &
  pid=$!
  for _ in $(seq 600); do
    [ ! -S "$data/window.sock" ] || break
    kill -0 "$pid" 2>/dev/null || { cat "$work/log"; echo "bundle: the window ended"; exit 1; }
    sleep 0.1
  done
  # A second start is taken by the window, and ends well.
  TAPWRIGHT_DATA_DIR=$data timeout 30 "$@" || { cat "$work/log"; echo "bundle: no window took a second start"; exit 1; }
  kill -0 "$pid"
  kill "$pid"
  wait "$pid" 2>/dev/null || true
  pid=
}
exec_line=$(sed -n 's/^Exec=//p' "/usr/share/applications/$desktop" | head -1)
read -ra words <<<"${exec_line//%u/}"
starts deb "${words[@]}"
say "the installed window starts, and takes a second start's file"
packed=$(sed -n 2p "$work/made")
export XDG_CACHE_HOME=$work/cache
starts image "$packed"
say "$(basename "$packed") starts too"
is "its command line" "$("$packed" --cli --version)" "$(/usr/bin/tapwright --version)"
is "what is unpacked for two starts" "$(find "$XDG_CACHE_HOME" -name AppRun | wc -l)" 1
# Another build, started while nothing of the first runs, takes its place.
cp "$packed" "$work/other.AppImage"
"$work/other.AppImage" --cli --version >/dev/null
is "what is unpacked after another build" "$(find "$XDG_CACHE_HOME" -name AppRun | wc -l)" 1
(cd "$work" && "$packed" --appimage-extract >/dev/null && cmp squashfs-root/usr/bin/tapwright /usr/bin/tapwright)
is "extract and run" "$("$packed" --appimage-extract-and-run --cli --version)" "$(/usr/bin/tapwright --version)"
# A copy that was cut off says so.
head -c 3000000 "$packed" >"$work/cut.AppImage" && chmod 755 "$work/cut.AppImage"
! XDG_CACHE_HOME=$work/cache2 "$work/cut.AppImage" --cli --version 2>"$work/said" || { echo "bundle: half an AppImage starts"; exit 1; }
grep -q "This AppImage can't start" "$work/said" || { cat "$work/said"; exit 1; }
as_root dpkg -P tapwright >/dev/null
[ ! -e /usr/bin/tapwright-app ] || { echo "bundle: the package left its program behind"; exit 1; }
is "what opens it afterwards" "$(xdg-mime query default "$type")" ""
