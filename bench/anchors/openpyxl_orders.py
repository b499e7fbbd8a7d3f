#!/usr/bin/python3
"""openpyxl_orders.py SECONDS DATABASE: the workbook of a stringer's book, in write-only mode, again and again. Prints "ORDERS SECONDS"."""
import datetime
import os
import sys
import tempfile
import time

import openpyxl
from stringers_book import CLIENTS, ORDERS, RACKETS, STRINGS, Book, guid, hundredths, sums


def day(text):
    return None if text is None else datetime.date.fromisoformat(text)


def status(row):
    if row["strung_at"] is None:
        return "Ordered"
    if row["is_self"] or row["returned_at"] and row["paid_at"]:
        return "Done"
    return "Payment open" if row["returned_at"] else "Strung"


def side(row, name):
    yield from (row[name + "_maker"], row[name + "_model"], row[name + "_gauge"], hundredths(row[name + "_tension"]), hundredths(row[name + "_price"]))
    yield "Yes" if row[name + "_byo"] else "No"


def order(row):
    strings, total = sums(row)
    counted = day(row["strung_at"] or row["ordered_at"])
    return [
        guid(row["id"]), row["receipt_number"], day(row["ordered_at"]), day(row["strung_at"]), day(row["returned_at"]), day(row["paid_at"]),
        "Self" if row["is_self"] else "Client", row["last_name"], row["first_name"], f'{row["maker"]} {row["model"]}', hundredths(row["head_size"]), row["pattern"],
        *side(row, "main"), *side(row, "cross"), hundredths(row["labour"]), hundredths(strings), hundredths(total), hundredths(row["dynamic_tension"]),
        row["comment"], status(row), counted.year, counted.month,
    ]


def export(book, path):
    workbook = openpyxl.Workbook(write_only=True)
    sheet, count = workbook.create_sheet("Orders"), 0
    for row in book.rows(ORDERS):
        sheet.append(order(row))
        count += 1
    sheet = workbook.create_sheet("Clients")
    for row in book.rows(CLIENTS):
        sheet.append([guid(row["id"]), row["first_name"], row["last_name"], row["email"], row["nickname"], row["internal_notes"], row["tension_memo"], row["is_self"]])
    sheet = workbook.create_sheet("Rackets")
    for row in book.rows(RACKETS):
        sheet.append([guid(row["id"]), row["maker"], row["model"], hundredths(row["head_size"]), row["pattern"], row["serial"], row["visibility"]])
    sheet = workbook.create_sheet("Strings")
    for row in book.rows(STRINGS):
        sheet.append([guid(row["id"]), row["maker"], row["model"], row["gauge"], row["visibility"]])
    workbook.save(path)
    return count


book, limit, count, start = Book(sys.argv[2]), float(sys.argv[1]), 0, time.monotonic()
with tempfile.TemporaryDirectory(prefix="waybill-anchor.") as folder:
    while time.monotonic() - start < limit:
        count += export(book, os.path.join(folder, "book.xlsx"))
    print(count, time.monotonic() - start)
