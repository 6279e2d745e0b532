#!/usr/bin/env bash
# Builds and opens the window. Without a display it says so and does the same main job on the command line.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  echo "Building Tapwright (the first time takes some minutes)"
  (cd ui && npm run --silent build)
  cargo build --release --locked -p tapwright-app --features custom-protocol
  exec target/release/tapwright-app
fi

echo "There is no display here, so no window: the same job runs on the command line, against the bundled sample API."
cargo build --release --locked -p cli
exec tools/demo.sh target/release/tapwright
