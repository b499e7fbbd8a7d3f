#!/usr/bin/python3
"""json_orders.py SECONDS DATABASE dump|dumps: the document of a stringer's book, again and again: streamed by json.dump, or an order at a time
through json.dumps, whose encoder is written in C. Prints "ORDERS SECONDS"."""
import datetime
import json
import os
import sys
import tempfile
import time

from stringers_book import CLIENTS, ORDERS, RACKETS, STRINGS, Book, guid, hundredths, sums


def amount(number):
    return None if number is None else f"{number / 100:.2f}"


def person(row, key):
    return {"id": guid(row[key]), "first_name": row["first_name"], "last_name": row["last_name"], "email": row["email"], "locale": row["locale"]}


def client(row, key):
    return {
        "id": guid(row[key]), "person": person(row, "person_id"), "nickname": row["nickname"], "internal_notes": row["internal_notes"],
        "tension_memo": row["tension_memo"], "is_self": bool(row["is_self"]), "is_removed": row["removed_at"] is not None,
    }


def racket(row, key):
    return {
        "id": guid(row[key]), "maker": row["maker"], "model": row["model"], "head_size": hundredths(row["head_size"]), "pattern": row["pattern"],
        "serial": row["serial"], "visibility": row["visibility"], "owner_client_profile_id": guid(row["owner_client_id"]),
    }


def string(row, key, prefix=""):
    if row[key] is None:
        return None
    return {"id": guid(row[key]), "maker": row[prefix + "maker"], "model": row[prefix + "model"], "gauge": row[prefix + "gauge"], "visibility": row[prefix + "visibility"]}


def side(row, name, prefix):
    return {
        "string": string(row, name + "_id", prefix), "maker": row[name + "_maker"], "model": row[name + "_model"], "gauge": row[name + "_gauge"],
        "tension": hundredths(row[name + "_tension"]), "price": amount(row[name + "_price"]), "byo": bool(row[name + "_byo"]), "colour": row[name + "_colour"],
    }


def state(row):
    if row["strung_at"] is None:
        return "ordered" if row["ordered_at"] else "draft"
    if row["is_self"] or row["returned_at"] and row["paid_at"]:
        return "done"
    return "returned" if row["returned_at"] else "paid" if row["paid_at"] else "strung"


def order(row):
    strings, total = sums(row)
    return {
        "id": guid(row["id"]), "receipt_number": row["receipt_number"], "state": state(row), "ordered_at": row["ordered_at"], "strung_at": row["strung_at"],
        "returned_at": row["returned_at"], "paid_at": row["paid_at"], "client_profile": client(row, "client_id"), "racket": racket(row, "racket_id"),
        "main": side(row, "main", "m_"), "cross": side(row, "cross", "x_"), "method": row["method"], "currency": "CHF", "labour": amount(row["labour"]),
        "strings_subtotal": amount(strings), "total": amount(total), "dynamic_tension": hundredths(row["dynamic_tension"]), "comment": row["comment"],
        "created_at": datetime.datetime.fromtimestamp(row["created_at"] / 1e6, datetime.timezone.utc).isoformat(),
    }


def write(file, name, items):
    file.write(f',"{name}":[')
    count = 0
    for item in items:
        file.write(("," if count else "") + json.dumps(item, ensure_ascii=False, separators=(",", ":")))
        count += 1
    file.write("]")
    return count


def stringer(book):
    return {"id": guid(book.stringer["id"]), "display_name": book.stringer["display_name"], "labour": amount(book.stringer["labour"])}


def dump(book, path):
    document = {
        "stringer": stringer(book),
        "client_profiles": [client(row, "id") for row in book.rows(CLIENTS)],
        "persons": [person(row, "person_id") for row in book.rows(CLIENTS)],
        "rackets": [racket(row, "id") for row in book.rows(RACKETS)],
        "strings": [string(row, "id") for row in book.rows(STRINGS)],
        "orders": [order(row) for row in book.rows(ORDERS)],
    }
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False, separators=(",", ":"))
    return len(document["orders"])


def dumps(book, path):
    with open(path, "w", encoding="utf-8") as file:
        file.write('{"stringer":' + json.dumps(stringer(book)))
        write(file, "client_profiles", (client(row, "id") for row in book.rows(CLIENTS)))
        write(file, "persons", (person(row, "person_id") for row in book.rows(CLIENTS)))
        write(file, "rackets", (racket(row, "id") for row in book.rows(RACKETS)))
        write(file, "strings", (string(row, "id") for row in book.rows(STRINGS)))
        count = write(file, "orders", (order(row) for row in book.rows(ORDERS)))
        file.write("}")
    return count


export = {"dump": dump, "dumps": dumps}[sys.argv[3]]
book, limit, count, start = Book(sys.argv[2]), float(sys.argv[1]), 0, time.monotonic()
with tempfile.TemporaryDirectory(prefix="waybill-anchor.") as folder:
    while time.monotonic() - start < limit:
        count += export(book, os.path.join(folder, "book.json"))
    print(count, time.monotonic() - start)
