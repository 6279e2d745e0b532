#!/usr/bin/env python3
"""Writes bench/RESULTS.md and bench/chart.svg from what measure.py found."""
import json
import os
import platform
from html import escape

HERE = os.path.dirname(os.path.abspath(__file__))
RECORDS = 200_000
with open(f"{HERE}/work/results.json", encoding="utf-8") as file:
    results = json.load(file)
compared = {(row["what"], row["who"]): row for row in results["compared"]}
alone = {row["what"]: row for row in results["alone"]}
kinds = list(dict.fromkeys(row["what"] for row in results["compared"]))


def speed(row):
    return RECORDS / row["wall"]


def table(what):
    rows = sorted((row for row in results["compared"] if row["what"] == what), key=lambda row: row["wall"])
    ours = compared[what, "tapwright"]
    yield f"\n## {what}\n"
    yield "| | seconds (least to most) | processor s | memory MB | records/s | its time / Tapwright's |"
    yield "| --- | --: | --: | --: | --: | --: |"
    for row in rows:
        name = f"**{row['who']}**" if row is ours else row["who"]
        span = f"{row['wall']:.3f} ({row['low']:.3f} to {row['high']:.3f}, n={row['runs']})"
        ratio = row["wall"] / ours["wall"]
        yield f"| {name} | {span} | {row['cpu']:.2f} | {row['megabytes']:.0f} | {speed(row):,.0f} | {ratio:.2f} |"


def ratios():
    """What was promised, and what came out."""
    def times(what, who, other=None):
        row = compared.get((other or what, who))
        return None if row is None else row["wall"] / compared[what, "tapwright"]["wall"]

    plain, twelve, full = "JSON lines, unmapped", "JSON lines, 12 fields", "JSON lines, filter, two fields, cursor"
    stored, stored_twelve = "SQLite, unmapped", "SQLite, 12 fields"
    ours = {what: compared[what, "tapwright"]["wall"] for what in kinds}
    long, short = alone["5,000,000 records"], alone["100,000 records"]
    yield "JSON lines, unmapped / bare loop", "at most 1.3", 1 / times(plain, "bare loop")
    yield "JSON lines, unmapped / airbyte-cdk", "20 or more", times(plain, "airbyte-cdk")
    yield "filter, two fields, cursor / airbyte-cdk", "40 or more", times(full, "airbyte-cdk")
    yield "SQLite / bare loop, unmapped", "at most 1.4", 1 / times(stored, "bare loop")
    yield "SQLite / bare loop, 12 fields", "at most 1.4", 1 / times(stored_twelve, "bare loop")
    yield "SQLite / singer-sdk", "25 or more", times(stored, "singer-sdk")
    yield "SQLite / dlt into SQLite", "20 or more", times(stored, "dlt")
    yield "SQLite / dlt at its best", "10 or more", times(stored, "dlt at its best (DuckDB, Parquet)")
    yield "12 fields / unmapped, JSON lines", "at most 1.6", ours[twelve] / ours[plain]
    yield "12 fields / unmapped, SQLite", "at most 1.6", ours[stored_twelve] / ours[stored]
    yield "start to the first record, ms", "under 30", alone["from start to the first record"]["first"] * 1000
    yield "detection of a 10 MB page, ms", "under 150", results["detection"]
    yield "memory at 100,000 records, MB", "under 60", short["megabytes"]
    yield "memory at 5,000,000 records, MB", "under 60", long["megabytes"]
    yield "time of 5,000,000 / 50 times 100,000 records", "about 1", long["wall"] / short["wall"] / 50
    parts = alone.get("2,000 partitions of 50 records")
    yield "2,000 partitions of 50 / the same records in one", "under 3", parts and parts["wall"] / short["wall"]


def chart():
    """Records a second as bars, on a logarithmic scale: the peers would be invisible on another."""
    rows = [row for what in kinds for row in results["compared"] if row["what"] == what]
    lines, y = [], 30
    for what in kinds:
        lines.append(f'<text x="10" y="{y + 14}" class="what">{escape(what)}</text>')
        y += 22
        for row in sorted((row for row in rows if row["what"] == what), key=lambda row: row["wall"]):
            width = 440 * max(0, len_of(speed(row)))
            kind = "ours" if row["who"] == "tapwright" else "loop" if row["who"].startswith("bare") else "peer"
            lines.append(f'<text x="250" y="{y + 12}" class="who">{escape(row["who"])}</text>')
            lines.append(f'<rect x="258" y="{y}" width="{width:.0f}" height="15" class="{kind}"/>')
            lines.append(f'<text x="{264 + width:.0f}" y="{y + 12}">{speed(row):,.0f}</text>')
            y += 19
        y += 12
    style = (
        "text{font:12px sans-serif;fill:#333}.what{font-weight:bold}.who{text-anchor:end}"
        ".ours{fill:#1668c7}.loop{fill:#9aa5b1}.peer{fill:#d99a3d}"
    )
    title = '<text x="10" y="18" class="what">Records a second (each step to the right is a factor)</text>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="800" height="{y}" viewBox="0 0 800 {y}">'
    return "\n".join([head, f"<style>{style}</style>", title, *lines, "</svg>", ""])


def len_of(value):
    """From 1,000 (0) to 3,000,000 (1)."""
    from math import log10

    return (log10(value) - 3) / (log10(3_000_000) - 3)


def machine():
    """Its class: figures of another one are not comparable."""
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {platform.machine()}, {gigabytes:.0f} GB of memory, {platform.system()}"


def main():
    text = [
        "# Results", "",
        "Written by `make bench`: 200,000 records of 447 bytes, 1,000 a page, the next page by a cursor in the body;",
        f"medians of alternating runs on one machine ({machine()}).",
        "Compare within one table only; see [README.md](README.md).", "",
        "![Records a second](chart.svg)", "", "| ratio | promised | measured |", "| --- | --: | --: |",
    ]
    for what, promise, value in ratios():
        text.append(f"| {what} | {promise} | {'not measured' if value is None else f'{value:.2f}'} |")
    for what in kinds:
        text.extend(table(what))
    with open(f"{HERE}/RESULTS.md", "w", encoding="utf-8") as file:
        file.write("\n".join(text) + "\n")
    with open(f"{HERE}/chart.svg", "w", encoding="utf-8") as file:
        file.write(chart())
    print("\n".join(text))


main()
