#!/usr/bin/env bash
# Runs a command with a virtual display, a session bus and an unlocked keyring of its own: nothing is shared with the
# person's desktop.
set -euo pipefail
home=$(mktemp -d)
runtime=$(mktemp -d)
chmod 700 "$runtime"
# Rust's tools live in the real home.
export CARGO_HOME=${CARGO_HOME:-$HOME/.cargo} RUSTUP_HOME=${RUSTUP_HOME:-$HOME/.rustup}
export HOME=$home XDG_RUNTIME_DIR=$runtime NO_AT_BRIDGE=1
unset XDG_DATA_HOME XDG_CONFIG_HOME WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
# The pointer rests in the middle: at the edge of a window of the usual size, where it calls for no tooltip.
xvfb-run -a -s "-screen 0 2550x1120x24" dbus-run-session -- bash -c '
  printf "tests\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null
  exec "$@"' with-desktop "$@"
