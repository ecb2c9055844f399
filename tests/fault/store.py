"""A store that is disturbed, and a model of what it must be then: events that
were there are in the log once (or in a file that waits to be repaired), day
files, compressed or not, and the feed are what the log says.
"""
import glob
import json
import os
import subprocess

LOG, PRIV = ".events.jsonl", ".events"
NOW = "2026-01-06T09:00:00Z"


class Finding(Exception):
    pass


class Store:
    damaged = False     # ev-fsck may say that lines are

    def __init__(self, options, path):
        self.bin, self.shim, self.path = options.bin, options.shim, path
        self.errors = options.errors

    def run(self, command, *args, fault=None, now=NOW, ok=(0,)):
        env = {"PATH": "/usr/bin:/bin", "HOME": self.path + ".home",
               "TZ": "UTC", "LC_ALL": "C", "EV_ACTOR": "t", "EV_NOW": now}
        before = []
        if fault and self.errors:
            before = [self.shim, fault]
        elif fault:
            env["LD_PRELOAD"], env["EV_FAULT"] = self.shim, fault
        done = subprocess.run(
            [*before, self.bin + "/" + command, "-S", self.file(LOG), *args], env=env,
            stdin=subprocess.DEVNULL, capture_output=True, cwd=self.path,
            timeout=20)
        if self.damaged and done.returncode == 1:
            return done
        if ok and done.returncode not in ok:
            raise Finding("%s %s: status %d: %s" % (
                command, " ".join(args), done.returncode,
                (done.stdout + done.stderr).decode()))
        return done

    def emit(self, name, day, hour=10):
        self.run("ev-emit", "-q", "--id", name, "--time",
                 "2026-01-%02dT%02d:00:00Z" % (day, hour), "x.y",
                 "pad=" + "p" * 300)

    def file(self, *names):
        return os.path.join(self.path, *names)

    def read(self, *names):
        try:
            with open(self.file(*names), "rb") as f:
                return f.read()
        except FileNotFoundError:
            return b""

    def write(self, data, *names):
        with open(self.file(*names), "wb") as f:
            f.write(data)

    def segments(self):
        """The older parts of the log, in order."""
        found = []
        for path in glob.glob(self.file(".events.*-*.jsonl")):
            first, end = os.path.basename(path).split(".")[2].split("-")
            # while it is rotated the log's own file has two names
            if not os.path.exists(self.file(LOG)) or \
                    not os.path.samefile(path, self.file(LOG)):
                found.append((int(first), int(end), os.path.basename(path)))
        return sorted(found)

    def log(self):
        """All bytes of the log."""
        data = b""
        for first, end, name in self.segments():
            if first != len(data):
                raise Finding("%s does not follow on byte %d" % (name, len(data)))
            data += self.read(name)[:end - first]
            if len(data) != end:
                raise Finding("%s is too short" % name)
        return data + self.read(LOG)

    def state(self):
        slots = self.read(PRIV, "state")
        found = []
        for at in (0, 512):
            try:
                found.append(json.loads(slots[at:at + 512]))
            except ValueError:
                pass
        return max(found, key=lambda s: s["seq"])


def ids_of(data):
    found = []
    for line in data.split(b"\n"):
        try:
            found.append(json.loads(line)["event_id"])
        except (ValueError, KeyError, TypeError):
            pass
    return found


def day_of(line):
    try:
        time = json.loads(line)["timestamp"]
        return int(time[8:10]) if time.startswith("2026-01-") else None
    except (ValueError, KeyError, TypeError):
        return None


def day_file(store, day):
    name = store.file(PRIV, "2026-01-%02d.jsonl" % day)
    data = b""
    if os.path.exists(name + ".zst"):
        data = subprocess.run(["zstd", "-dqc", name + ".zst"],
                              capture_output=True, check=True).stdout
    return data + store.read(PRIV, "2026-01-%02d.jsonl" % day)


def check_views(store, ended):
    """The views are exactly what the log says; ended: nothing is left over."""
    log = store.log()
    state = store.state()
    if state["m"] != len(log) or state.get("pk", 0) or state["st"] or \
            state.get("b", 0) != len(log) - len(store.read(LOG)):
        raise Finding("the state is not up to date: %s" % state)
    floor = state.get("fd", 0) - 20453  # 2025-12-31 is day 20453
    for day in range(1, 32):
        lines = [x for x in log.splitlines(True) if day_of(x) == day]
        if day < floor:
            if ended and day_file(store, day):
                raise Finding("day %d was not dropped" % day)
        elif day_file(store, day) != b"".join(lines):
            raise Finding("day %d is not what the log says" % day)
    feed = store.read(PRIV, "feed.jsonl")
    if feed != log[state["fb"]:state["fb"] + state["fl"]] or \
            state["fb"] + state["fl"] != len(log):
        raise Finding("the feed is not what the log says")


def check_events(store, want, start, everywhere):
    log = store.log()
    if not log.startswith(start):
        raise Finding("bytes of the log changed")
    have = ids_of(log)
    if len(have) != len(set(have)) + len(ids_of(start)) - \
            len(set(ids_of(start))):
        raise Finding("an event is there twice")
    if everywhere:
        for name in glob.glob(store.file(PRIV, "*")):
            if os.path.isfile(name):
                have += ids_of(store.read(PRIV, os.path.basename(name)))
    missing = set(want) - set(have)
    if missing:
        raise Finding("lost: %s" % sorted(missing))
