#!/usr/bin/env bash
# The main job on the command line: from a URL and a key to a table, a database and a file to share.
set -euo pipefail
tapwright=${1:?the tapwright program}
work=$(mktemp -d)
"$tapwright" --quiet sample-api >"$work/address" &
sample=$!
trap 'kill "$sample" 2>/dev/null || true' EXIT
for _ in $(seq 100); do
  [ -s "$work/address" ] && break
  sleep 0.1
done
url=$(head -n 1 "$work/address")
# The sample's key is published; a real one would come from your environment, the keyring or a prompt.
export SAMPLE_KEY="sample-key-not-a-secret"
step() { printf '\n\033[1m%s\033[0m\n' "$*"; }

step "1. From a URL and a key to a definition"
"$tapwright" new "$url/v1/customers" --auth bearer --secret api_token=env:SAMPLE_KEY --yes --out "$work/customers.connector.yaml"
step "2. The first records"
"$tapwright" preview "$work/customers.connector.yaml" --secret api_token=env:SAMPLE_KEY --limit 5
step "3. Into a local database"
"$tapwright" sync "$work/customers.connector.yaml" --secret api_token=env:SAMPLE_KEY --to "sqlite:$work/customers.db"
step "4. Again: nothing new"
"$tapwright" sync "$work/customers.connector.yaml" --secret api_token=env:SAMPLE_KEY --to "sqlite:$work/customers.db"
step "5. To share: $work/customers.connector.yaml"
"$tapwright" validate "$work/customers.connector.yaml"
