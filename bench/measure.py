#!/usr/bin/env python3
"""Runs the candidates one after the other, again and again, and writes what they took: measure.py TAPWRIGHT LIMIT ROUNDS [OF THE PEERS]

Every round runs every candidate once, each second round backwards, so that what else the machine does meets them all.
Standard output is drained through a pipe and its lines are counted; a database's rows are counted after the clock is
stopped. A candidate with another number of records than there are ends the program.
"""
import fcntl
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
WORK, OUT = f"{HERE}/work", f"{HERE}/work/out"
TAPWRIGHT, LIMIT, ROUNDS = sys.argv[1], sys.argv[2], int(sys.argv[3])
PEER_ROUNDS = int(sys.argv[4]) if len(sys.argv) > 4 else ROUNDS
URL = "http://127.0.0.1:18481"
RECORDS = 200_000
DATABASE = f"{OUT}/data.db"
LINES = "jsonl"
PIPE = 1 << 20


def sync(connector, to):
    where = "jsonl:-" if to == LINES else f"sqlite:{DATABASE}"
    return f"{TAPWRIGHT} --quiet sync {HERE}/connectors/{connector}.connector.yaml --to {where}"


def limit(work):
    return f"{LIMIT} {work} {URL}/orders {DATABASE}"


def python(peer, script, *words):
    return " ".join([f"{WORK}/venv/{peer}/bin/python", f"{HERE}/peers/{script}", *words])


def airbyte(kind):
    names = f"--config {OUT}/airbyte-{kind}.config.json --catalog {OUT}/airbyte-{kind}.catalog.json"
    return f"{WORK}/venv/airbyte/bin/source-declarative-manifest read {names}"


TAP = python("singer", "singer_tap.py")
TARGET = python("singer", "singer_target.py", "--config", f"{OUT}/target.json")
# what is measured, who does it, the command, where the records end up, whether it is slow
CANDIDATES = [
    ("JSON lines, unmapped", "tapwright", sync("unmapped", LINES), "lines", False),
    ("JSON lines, unmapped", "bare loop", limit("text"), "lines", False),
    ("JSON lines, unmapped", "bare loop, serde_json", limit("raw"), "lines", False),
    ("JSON lines, unmapped", "airbyte-cdk", airbyte("plain"), "messages", True),
    ("JSON lines, unmapped", "singer-sdk", f"{TAP} 2>/dev/null", "messages", True),
    ("JSON lines, 12 fields", "tapwright", sync("mapped", LINES), "lines", False),
    ("JSON lines, 12 fields", "bare loop", limit("mapped"), "lines", False),
    ("JSON lines, filter, two fields, cursor", "tapwright", sync("full", LINES), "lines", False),
    ("JSON lines, filter, two fields, cursor", "bare loop", limit("splice"), "lines", False),
    ("JSON lines, filter, two fields, cursor", "airbyte-cdk", airbyte("full"), "messages", True),
    ("SQLite, unmapped", "tapwright", sync("unmapped", "sqlite"), DATABASE, False),
    ("SQLite, unmapped", "bare loop", limit("sqlite"), DATABASE, False),
    ("SQLite, unmapped", "bare loop, text and nine columns", limit("wide"), DATABASE, False),
    ("SQLite, unmapped", "singer-sdk", f"{TAP} 2>/dev/null | {TARGET} 2>/dev/null", DATABASE, True),
    ("SQLite, unmapped", "dlt", python("dlt", "dlt_load.py", OUT, "sqlite"), f"{OUT}/dlt.db", True),
    ("SQLite, unmapped", "dlt at its best (DuckDB, Parquet)", python("dlt", "dlt_load.py", OUT, "duckdb"), None, True),
    ("SQLite, 12 fields", "tapwright", sync("mapped", "sqlite"), DATABASE, False),
    ("SQLite, 12 fields", "bare loop", limit("table"), DATABASE, False),
]


def present(candidate):
    names = {"airbyte-cdk": "airbyte", "singer-sdk": "singer", "dlt": "dlt"}
    home = next((home for name, home in names.items() if candidate[1].startswith(name)), None)
    return home is None or os.path.exists(f"{WORK}/venv/{home}/ready")


def fresh():
    shutil.rmtree(OUT, ignore_errors=True)
    os.makedirs(OUT)
    subprocess.run([sys.executable, f"{HERE}/peers/airbyte.py", OUT], check=True)
    with open(f"{OUT}/target.json", "w", encoding="utf-8") as file:
        json.dump({"path": DATABASE}, file)
    os.sync()


def run(command):
    """Wall seconds, processor seconds, megabytes at the most, lines, seconds to the first byte."""
    begin = time.perf_counter()
    shell = ["/usr/bin/time", "-o", f"{WORK}/usage", "-f", "%M %x", "bash", "-c", f"set -o pipefail; {command}"]
    process = subprocess.Popen(shell, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    pipe = process.stdout.fileno()
    fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE)
    lines, messages, first, tail = 0, 0, None, b""
    while chunk := os.read(pipe, PIPE):
        first = first or time.perf_counter() - begin
        lines += chunk.count(b"\n")
        messages += (tail + chunk).count(b'"RECORD"')
        tail = chunk[-7:]
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    wall = time.perf_counter() - begin
    with open(f"{WORK}/usage", encoding="utf-8") as file:
        kilobytes, code = file.read().split()[-2:]
    if int(code):
        sys.exit(f"this failed ({code}): {command}")
    return {
        "wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "megabytes": int(kilobytes) / 1024,
        "lines": lines, "messages": messages, "first": first or wall,
    }


def records(made, where):
    if where in ("lines", "messages"):
        return made[where]
    if where is None:
        return RECORDS
    with sqlite3.connect(where) as database:
        return database.execute("select count(*) from orders").fetchone()[0]


def compared():
    runs = {}
    chosen = [candidate for candidate in CANDIDATES if present(candidate)]
    left_out = [f"{candidate[1]} ({candidate[0]})" for candidate in CANDIDATES if not present(candidate)]
    if left_out:
        print("left out, since it is not installed:", "; ".join(left_out), flush=True)
    for number in range(ROUNDS):
        for what, who, command, where, slow in chosen if number % 2 == 0 else chosen[::-1]:
            if slow and number >= PEER_ROUNDS:
                continue
            # What takes a fraction of a second is run three times as often.
            for _ in range(1 if slow else 3):
                fresh()
                made = run(command)
                if (count := records(made, where)) != RECORDS:
                    sys.exit(f"{who}, {what}: {count} records")
                runs.setdefault((what, who), []).append(made)
                print(f"{number + 1} {what:40} {who:34} {made['wall']:8.3f} s", flush=True)
    return [summary(what, who, all_runs) for (what, who), all_runs in runs.items()]


def summary(what, who, runs):
    def middle(name):
        return statistics.median(made[name] for made in runs)

    walls = [made["wall"] for made in runs]
    return {
        "what": what, "who": who, "runs": len(runs), "wall": middle("wall"), "low": min(walls), "high": max(walls),
        "cpu": middle("cpu"), "megabytes": middle("megabytes"), "first": middle("first"),
    }


def alone(what, connector, to, rounds=ROUNDS):
    """A read that is compared with nothing outside."""
    runs = []
    for _ in range(rounds):
        fresh()
        runs.append(run(sync(connector, to)))
        print(f"  {what:43} {connector:34} {runs[-1]['wall']:8.3f} s", flush=True)
    return {**summary(what, connector, runs), "records": runs[-1]["lines"]}


def detection():
    """Milliseconds that the detection of one 10 MB page takes, without fetching it; as the example program tells."""
    program = f"{os.path.dirname(TAPWRIGHT)}/examples/detection"
    told = subprocess.run([program, f"{WORK}/big.json"], capture_output=True, text=True, check=True)
    return statistics.median(float(word) for word in told.stdout.split())


def main():
    results = {"compared": compared(), "alone": []}
    results["alone"].append(alone("from start to the first record", "one", LINES, 4 * ROUNDS))
    results["alone"].append(alone("100,000 records", "short", LINES))
    results["alone"].append(alone("2,000 partitions of 50 records", "parts", LINES, 3))
    results["alone"].append(alone("5,000,000 records", "long", LINES, 1))
    results["detection"] = detection()
    with open(f"{WORK}/results.json", "w", encoding="utf-8") as file:
        json.dump(results, file, indent=1)


main()
