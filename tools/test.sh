#!/usr/bin/env bash
# Everything that is checked, in the order of what fails soonest. One target folder; nothing here needs another step.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
export PATH="$PWD/.tools/bin:$PATH" CARGO_TERM_COLOR=never
rm -rf artifacts && mkdir -p artifacts
step() { printf '\n== %s (%ss)\n' "$*" "$SECONDS"; }

step "Format"
cargo fmt --all --check
step "The page: types, lint, tests, build"
(cd ui && npm run --silent typecheck && npm run --silent lint && npm run --silent test && npm run --silent build)
step "Licences, bans and sources of dependencies"
cargo deny check bans licenses sources
step "Lint"
cargo clippy --workspace --all-targets --locked -- -D warnings
step "Build the programs that the tests run"
cargo build --locked -p cli -p appimage -p tapwright-app --features tapwright-app/custom-protocol
step "Tests"
tools/with-databases.sh tools/with-desktop.sh cargo nextest run --workspace --locked --no-fail-fast
step "Packages: made, installed, started, removed"
tools/with-desktop.sh tools/test-bundle.sh target/debug
step "Done"
