#!/usr/bin/python3
"""Reads messages with the standard library's strict parser and says, one line of JSON each, what it understood.

usage: read_message.py FILE...
"""

import hashlib
import json
import sys
from email import message_from_bytes
from email.policy import default


def mailboxes(header):
    return [[mailbox.display_name, mailbox.addr_spec] for mailbox in header.addresses] if header else []


def defects(part):
    found = [str(defect) for defect in part.defects]
    for name, value in part.items():
        found += [f"{name}: {defect!r}" for defect in value.defects]
    return found


def text(message, kind):
    part = message.get_body((kind,))
    return part.get_payload(decode=True).decode("utf-8") if part else None


def files(message):
    for part in message.walk():
        if part.get_content_disposition():
            content = part.get_payload(decode=True)
            yield {
                "name": part.get_filename(),
                "type": part.get_content_type(),
                "sha256": hashlib.sha256(content).hexdigest(),
                "cid": part["Content-ID"],
            }


def read(path):
    with open(path, "rb") as file:
        message = message_from_bytes(file.read(), policy=default)
    return {
        "defects": [defect for part in message.walk() for defect in defects(part)],
        "subject": message["Subject"],
        "from": mailboxes(message["From"]),
        "to": mailboxes(message["To"]),
        "text": text(message, "plain"),
        "html": text(message, "html"),
        "attachments": list(files(message)),
    }


if __name__ == "__main__":
    for path in sys.argv[1:]:
        print(json.dumps(read(path)))
