#!/usr/bin/env bash
# Takes the pictures that the tests made over into the guide. Run it after `make test` when the window changed.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
mkdir -p docs/guide/pictures
while read -r from to; do
  convert "artifacts/$from.png" -resize 960x -strip -define png:compression-level=9 -colors 128 "docs/guide/pictures/$to.png"
done <<'LIST'
home-light home
settings-light settings
key-light key
records-light records
run-done-light sync
share-light share
trust-light trust
panel-mapping-light mapping
panel-response-dark response
forms-request-light forms
key-oauth-light key-oauth
workbench-yaml-light yaml
webhooks-light webhooks
batches-checked-light batches
database-preview-light databases
files-preview-light files
connection-settings-light destinations
health-light health
actions-dry-run-light actions
run-charts-light run
data-rows-light data
schedule-light schedule
fixtures-light fixtures
example-light example
described-choice-light imports
LIST
