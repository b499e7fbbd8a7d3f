#!/usr/bin/python3
"""sqlite_insert.py SECONDS: rows of 1 KiB into SQLite, WAL and synchronous=FULL, one row a commit. Prints "COUNT SECONDS"."""
import os
import sqlite3
import sys
import tempfile
import time

limit = float(sys.argv[1])
with tempfile.TemporaryDirectory(prefix="waybill-anchor.") as folder:
    database = sqlite3.connect(os.path.join(folder, "rows.db"), isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, body BLOB NOT NULL)")
    body = os.urandom(1024)
    count, start = 0, time.monotonic()
    while time.monotonic() - start < limit:
        database.execute("INSERT INTO rows (body) VALUES (?)", (body,))
        count += 1
    print(count, time.monotonic() - start)
    database.close()
