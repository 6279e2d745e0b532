#!/usr/bin/env python3
"""Writes pages of made-up orders for nginx to serve, the same each time.

pages.py paged FOLDER PAGES SIZE          pages by a cursor in their body (p1.json, p2.json, …), and by number (1.json, …)
pages.py again FOLDER PAGES FROM COUNT    PAGES more names by number for the COUNT pages of FROM, one after the other
pages.py parts FOLDER PARTS SIZE          one page a part (1.json, 2.json, …)
pages.py one-page FILE SIZE               one large page
"""
import json
import os
import random
import sys

chance = random.Random(7)
NAMES = "Ana Søren Jürgen Łukasz Siobhán Fatima Hye-jin Inês Kofi Zoë".split()
WORDS = "shipped late refund asked invoice paid by card checked twice order customer".split()
TAGS = ["retail", "eu", "us", "priority", "b2b"]


def order(n):
    return {
        "id": n,
        "reference": f"ORD-{n:09d}",
        "customer": {"id": chance.randrange(1, 50000), "name": chance.choice(NAMES), "email": f"c{n % 50000}@example.com"},
        "tags": chance.sample(TAGS, chance.randrange(0, 3)),
        "url": f"https://app.example.com/orders/{n}",
        "status": chance.choice(["active", "pending", "closed"]),
        "amount": round(chance.uniform(1, 5000), 2),
        "tax": round(chance.uniform(0, 500), 2),
        "currency": chance.choice(["EUR", "USD", "JPY"]),
        "quantity": chance.randrange(1, 100),
        "is_paid": chance.random() < 0.7,
        "parent_id": chance.randrange(1, n + 1) if chance.random() < 0.4 else None,
        "note": " ".join(chance.choices(WORDS, k=chance.randrange(3, 12))) if chance.random() < 0.6 else None,
        "created_at": f"2024-{n % 12 + 1:02d}-{n % 28 + 1:02d}T{n % 24:02d}:00:00Z",
        "updated_at": f"2025-{n % 12 + 1:02d}-{n % 28 + 1:02d}T{n % 24:02d}:30:00Z",
    }


def write(path, body):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(body, file, separators=(",", ":"), ensure_ascii=False)


def page(number, size, last):
    data = [order((number - 1) * size + n + 1) for n in range(size)]
    return {"data": data, "next_cursor": None if last else f"p{number + 1}"}


def link(old, new):
    if os.path.exists(new):
        os.remove(new)
    os.link(old, new)


def main(what, folder, first, *rest):
    count = int(first)
    if what == "one-page":
        write(folder, page(1, count, True))
        return
    os.makedirs(folder, exist_ok=True)
    if what == "again":
        source, known = rest[0], int(rest[1])
        for n in range(count):
            link(f"{source}/{n % known + 1}.json", f"{folder}/{n + 1}.json")
        write(f"{folder}/{count + 1}.json", {"data": [], "next_cursor": None})
        return
    size = int(rest[0])
    for n in range(1, count + 1):
        write(f"{folder}/{n}.json", page(n, size, n == count))
        if what == "paged":
            link(f"{folder}/{n}.json", f"{folder}/p{n}.json")
    write(f"{folder}/{count + 1}.json", {"data": [], "next_cursor": None})


main(*sys.argv[1:])
