#!/usr/bin/python3
"""jinja2_markdown.py SECONDS: the licence mail, compiled beforehand, filled in and made HTML by markdown; no text part. Prints "COUNT SECONDS"."""
import json
import pathlib
import sys
import time

import jinja2
import markdown

folder = pathlib.Path(__file__).parent / "licence"
environment = jinja2.Environment(loader=jinja2.FileSystemLoader(folder), autoescape=True, trim_blocks=True)
body, layout = environment.get_template("body.j2"), environment.get_template("layout.j2")
data = json.loads((folder / "data.json").read_text(encoding="utf-8"))
reader = markdown.Markdown(extensions=["tables"])


def compose(number):
    data["order"]["id"] = f"2026-{number}"
    return layout.render(body=reader.reset().convert(body.render(data)), **data)


for warm in range(100):
    compose(warm)
seconds, count, start = float(sys.argv[1]), 0, time.monotonic()
while time.monotonic() - start < seconds:
    compose(count)
    count += 1
print(count, time.monotonic() - start)
