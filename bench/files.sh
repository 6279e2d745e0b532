#!/bin/sh
# A large CSV file read in flat memory: by hand, not in CI. Usage: bench/files.sh [GIB] [MIB]
# Writes a file of so many GiB (default 5), reads it with a limit on memory of so many MiB (default 512; enforced by a
# control group where there is systemd, told by /usr/bin/time in any case), and counts the rows.
set -eu
gib=${1:-5}
mib=${2:-512}
program=${TAPWRIGHT:-target/release/tapwright}
folder=$(mktemp -d "${TMPDIR:-/tmp}/tapwright-files.XXXXXX")
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/data"
rows=$(python3 - "$folder/data/large.csv" "$gib" <<'PY'
import sys
path, most = sys.argv[1], int(float(sys.argv[2]) * (1 << 30))
written = rows = 0
with open(path, "w", newline="") as out:
    written += out.write("id,name,text,price\n")
    while written < most:
        block = "".join(f'{i},Name {i},"some text, with a comma, number {i}",{i % 1000}.25\n' for i in range(rows, rows + 50000))
        written += out.write(block)
        rows += 50000
print(rows)
PY
)
cat > "$folder/c.connector.yaml" <<'YAML'
tapwright: 1
name: large
config: [{name: folder, required: true}]
streams:
  - name: rows
    source: {type: files, folder: "{{ config.folder }}", glob: "*.csv"}
    fields:
      - {name: id, from: $.id, type: integer}
      - {name: price, from: $.price, type: decimal}
YAML
run="$program sync $folder/c.connector.yaml --config folder=$folder/data --to ${TO:-jsonl:/dev/null} --json"
if command -v systemd-run >/dev/null && systemd-run --user --scope -q true 2>/dev/null; then
    run="systemd-run --user --scope -q -p MemoryMax=${mib}M -p MemorySwapMax=0 $run"
fi
/usr/bin/time -f "%M KiB at most, %e s" -o "$folder/time" $run > "$folder/out"
cat "$folder/time"
peak=$(sed -n 's/^\([0-9]*\) KiB.*/\1/p' "$folder/time")
grep -o '"read":[0-9]*' "$folder/out" | head -1 | grep -qx "\"read\":$rows" || { echo "expected $rows rows"; cat "$folder/out"; exit 1; }
[ "$peak" -le $((mib * 1024)) ] || { echo "more than $mib MiB"; exit 1; }
echo "$rows rows, $gib GiB: good"
