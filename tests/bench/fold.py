"""fold.py FILE [BEAD]: what the events of beads made of all of them, or of one,
as a script would do it: events sorted by time, one dict per bead."""
import json
import sys

wanted = sys.argv[2] if len(sys.argv) > 2 else None
events = []
with open(sys.argv[1], encoding="utf-8") as log:
    for line in log:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        kind = event.get("event_type", "")
        if kind.startswith("bead."):
            bead = event["data"].get("bead_id")
            time = event["timestamp"]
        elif "issue_id" in event:
            bead = event["issue_id"]
            time = event["created_at"]
        else:
            continue
        if wanted is None or bead == wanted:
            events.append((time, bead, kind, event))
events.sort(key=lambda e: e[0])
beads = {}
for _, bead, kind, event in events:
    state = beads.setdefault(bead, {})
    if kind == "bead.created":
        state.update(event["data"])
    elif kind == "bead.updated":
        state.update(event["data"].get("changes") or {})
    elif kind == "bead.status_changed":
        state["status"] = event["data"].get("to_status")
    elif kind == "bead.hooked":
        state.update(status="hooked", assignee=event["data"].get("agent"))
    elif kind == "bead.closed":
        state.update(status="closed")
    elif kind in ("closed", "created"):
        state["status"] = "closed" if kind == "closed" else "open"
    elif kind in ("updated", "status_changed", "claimed", "reopened"):
        state.update(json.loads(event.get("new_value") or "{}"))
for bead in sorted(beads):
    print(json.dumps({"id": bead, **beads[bead]}))
