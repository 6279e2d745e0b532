#!/usr/bin/env bash
# Measures the command line against the bare loop and the peers, on pages that nginx serves: run.sh [ROUNDS] [ROUNDS OF THE PEERS]
# Writes bench/RESULTS.md and bench/chart.svg. A figure here is never a pass or a fail.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
rounds=${1:-5}
for tool in nginx /usr/bin/time python3 cargo; do
  command -v "$tool" >/dev/null || { echo "$tool is missing (Debian: nginx-light, time, python3)"; exit 1; }
done
target=${CARGO_TARGET_DIR:-$PWD/../target}
(cd .. && cargo build --release --locked -p cli && cargo build --release --locked -p engine --example detection)
cargo build --release --locked --manifest-path limit/Cargo.toml --target-dir work/limit
mkdir -p work
./peers.sh
make_once() { # folder, the rest of the call
  [ -f "work/$1/ready" ] || { python3 pages.py "${@:2}" && touch "work/$1/ready"; }
}
echo "writing pages (once)"
make_once orders paged work/orders 200 1000
make_once one paged work/one 1 1
make_once parts parts work/parts 2000 50
make_once base parts work/base 1250 1000
make_once short again work/short 100 work/base 1250
make_once long again work/long 5000 work/base 1250
[ -f work/big.json ] || python3 pages.py one-page work/big.json 25800
trap './server.sh stop work' EXIT
./server.sh start work
python3 measure.py "$target/release/tapwright" work/limit/release/limit "$rounds" "${2:-$rounds}"
python3 report.py
