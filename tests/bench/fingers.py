"""fingers.py FILE: how often each failure was, as a script would do it: numbers
out of the messages, a digest of type, message, file and line, one dict."""
import hashlib
import json
import re
import sys

number = re.compile(r"\d+")
count = {}
with open(sys.argv[1], encoding="utf-8") as log:
    for line in log:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        kind = event.get("event_type") or event.get("kind") or event.get("type")
        message = event.get("message") or event.get("justification") or ""
        text = ":".join((
            kind or "", number.sub("<n>", message), str(event.get("file", "")),
            str(event.get("line", ""))))
        key = hashlib.sha256(text.encode()).hexdigest()[:16]
        count[key] = count.get(key, 0) + 1
for key in sorted(count, key=count.get, reverse=True):
    print(count[key], key)
