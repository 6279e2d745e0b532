#!/usr/bin/env python3
"""Writes pages of made-up orders for nginx to serve: pages.py FOLDER PAGES RECORDS_A_PAGE. The same each time."""
import json
import os
import random
import sys

folder, pages, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
os.makedirs(folder, exist_ok=True)
chance = random.Random(7)
names = "Ana Søren Jürgen Łukasz Siobhán Fatima Hye-jin Inês Kofi Zoë".split()
words = "shipped late refund asked invoice paid by card checked twice order customer".split()


def order(n):
    return {
        "id": n,
        "reference": f"ORD-{n:09d}",
        "customer": {"id": chance.randrange(1, 50000), "name": chance.choice(names), "email": f"c{n % 50000}@example.com"},
        "tags": chance.sample(["retail", "eu", "us", "priority", "b2b"], chance.randrange(0, 3)),
        "url": f"https://app.example.com/orders/{n}",
        "status": chance.choice(["active", "pending", "closed"]),
        "amount": round(chance.uniform(1, 5000), 2),
        "tax": round(chance.uniform(0, 500), 2),
        "currency": chance.choice(["EUR", "USD", "JPY"]),
        "quantity": chance.randrange(1, 100),
        "is_paid": chance.random() < 0.7,
        "parent_id": chance.randrange(1, n + 1) if chance.random() < 0.4 else None,
        "note": " ".join(chance.choices(words, k=chance.randrange(3, 12))) if chance.random() < 0.6 else None,
        "created_at": f"2024-{n % 12 + 1:02d}-{n % 28 + 1:02d}T{n % 24:02d}:00:00Z",
        "updated_at": f"2025-{n % 12 + 1:02d}-{n % 28 + 1:02d}T{n % 24:02d}:30:00Z",
    }


for page in range(1, pages + 1):
    body = {
        "data": [order((page - 1) * size + n + 1) for n in range(size)],
        "next_cursor": f"p{page + 1}" if page < pages else None,
    }
    with open(os.path.join(folder, f"p{page}.json"), "w", encoding="utf-8") as file:
        json.dump(body, file, separators=(",", ":"), ensure_ascii=False)
