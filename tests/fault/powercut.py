#!/usr/bin/env python3
"""A model of power cuts (7-trust, C3).

	powercut.py [--states N] [--seed N] [--first-failure] EV-EMIT SHIM

Some emits are recorded: each call that changed a file.  Then power fails behind
each call, and what may be on the disk is made anew: of every file what was
forced there and any beginning of what was written since, the last write whole,
in half or as zeros; a name that its directory was not synced for is there or
not.  On each such disk (another boot) one more event is emitted.  What was
acknowledged with --sync=data or full must be in the log, and the day files and
the feed must be what the log says.  0 all is right, 1 not.
"""
import argparse
import glob
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

# (id, day, --sync)
EMITS = [("e1", 6, "data"), ("e2", 6, "none"), ("e3", 6, "data"),
         ("e4", 7, "none"), ("e5", 6, "full"), ("e6", 7, "none"),
         ("e7", 8, "none"), ("e8", 7, "data"), ("e9", 8, "none"),
         ("e10", 8, "none")]
LOG = ".events.jsonl"
VIEW = re.compile(r"\d{4}-\d\d-\d\d\.jsonl$")


def crc32c(data):
    """CRC-32C (Castagnoli), bit by bit."""
    crc = 0xffffffff
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82f63b78 if crc & 1 else 0)
    return crc ^ 0xffffffff


def other_boot(slot):
    """The slot of a state as a boot before this one wrote it."""
    text = slot.rstrip()
    body = re.sub(rb'"boot":"[0-9a-f]*"', b'"boot":"00000000000000b0"',
                  text[:text.rindex(b',"crc":"')])
    line = body + b',"crc":"%08x"}' % crc32c(body)
    return line.ljust(len(slot) - 1) + b"\n"


def recorded(path):
    """The calls of a recording: (name, offset, path, bytes)."""
    with open(path, "rb") as source:
        for head in source:
            name, at, size, where = head.decode().rstrip("\n").split(" ", 3)
            yield name, int(at), where, source.read(int(size))


class File:
    """One file: its writes in order and how many of them were forced."""

    def __init__(self):
        self.writes, self.forced = [], 0

    def states(self):
        """(writes that are there, "whole", "half", "zeros")."""
        yield self.forced, "whole"
        for i in range(self.forced, len(self.writes)):
            yield i + 1, "half"
            yield i + 1, "zeros"
            yield i + 1, "whole"

    def content(self, count, last):
        """The bytes of such a state."""
        data = bytearray()
        for i, (at, piece) in enumerate(self.writes[:count]):
            if i + 1 == count and last == "half":
                piece = piece[:len(piece) // 2]
            if i + 1 == count and last == "zeros":
                piece = bytes(len(piece))
            data.extend(bytes(max(0, at - len(data))))
            data[at:at + len(piece)] = piece
        return bytes(data)


class Disk:
    """What the calls so far have done."""

    def __init__(self, root):
        self.root = root
        self.files = {}         # path: File
        self.names = {}         # path: has its directory been synced?

    def apply(self, call):
        """One call more."""
        name, at, path, data = call
        path = os.path.relpath(path, self.root)
        if name == "mkdir" or (name == "create" and path not in self.files):
            self.names.setdefault(path, False)
            if name == "create":
                self.files[path] = File()
        elif name in ("write", "pwrite"):
            if path == ".events/state":
                data = other_boot(data)
            self.files[path].writes.append((at, data))
        elif name in ("fsync", "fdatasync") and path in self.files:
            # the file systems of Linux keep the name with it
            self.files[path].forced = len(self.files[path].writes)
            self.names[path] = True
        elif name == "fsync":
            for known in self.names:
                if os.path.dirname(known) == ("" if path == "." else path):
                    self.names[known] = True
        elif name == "rename":
            old = os.path.relpath(data.decode(), self.root)
            self.files[path] = self.files.pop(old)
            self.names[path] = self.names.pop(old)
        elif name == "unlink":
            self.files.pop(path, None)
            self.names.pop(path, None)

    def cut(self, rng):
        """One of the disks that a power cut may leave, in each file any."""
        left = {}
        for path, file in self.files.items():
            states = list(file.states())
            count, last = states[rng.randrange(len(states))]
            if not self.names[path] and rng.random() < 0.3:
                continue
            left[path] = file.content(count, last)
        if not self.names.get(".events", True) and rng.random() < 0.2:
            left = {p: d for p, d in left.items() if "/" not in p}
        return left


class Model:
    """The recording and the disks that were tried."""

    def __init__(self, args, directory):
        self.args = args
        self.rng = random.Random(args.seed)
        self.dir = directory
        self.states = self.lost = self.wrong = 0
        self.seen = set()

    def emit(self, root, event, fault=None):
        """An event into the store of a directory."""
        name, day, sync = event
        env = {"PATH": "/usr/bin:/bin", "HOME": self.dir, "TZ": "UTC",
               "LC_ALL": "C", "EV_ACTOR": "t",
               "EV_NOW": "2026-01-09T00:00:00Z"}
        if fault is not None:
            env["LD_PRELOAD"], env["EV_FAULT"] = self.args.shim, fault
        return subprocess.run(
            [self.args.emit, "-q", "-S", os.path.join(root, LOG), "--id",
             name, "--sync=" + sync, "--time",
             "2026-01-%02dT10:00:00Z" % day, "x.y"], env=env, cwd=root,
            stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=20)

    def calls(self):
        """All calls of the emits; a str: this id is acknowledged there."""
        root = os.path.join(self.dir, "first")
        record = os.path.join(self.dir, "record")
        os.mkdir(root)
        for event in EMITS:
            done = self.emit(root, event, "record " + record)
            if done.returncode != 0:
                sys.exit("powercut: %s" % done.stderr)
            for call in recorded(record):
                yield root, call
            os.unlink(record)
            if event[2] != "none":
                yield root, event[0]

    def fail(self, what, left):
        """One disk on which something is wrong."""
        print("C3: %s; on the disk: %s" % (what, ", ".join(
            "%s %d" % (os.path.basename(p), len(d))
            for p, d in sorted(left.items()))))

    def try_disk(self, left, forced):
        """Boots from a disk and emits; False: something is wrong."""
        root = os.path.join(self.dir, "again")
        shutil.rmtree(root, ignore_errors=True)
        os.makedirs(root + "/.events")
        for path, data in left.items():
            with open(os.path.join(root, path), "wb") as out:
                out.write(data)
        self.states += 1
        done = self.emit(root, ("new", 8, "none"))
        if done.returncode != 0:
            self.wrong += 1
            self.fail("status %d, %s" % (done.returncode, done.stderr), left)
            return False
        with open(os.path.join(root, LOG), "rb") as source:
            log = source.read()
        ids = ids_of(log)
        lost = [i for i in forced + ["new"] if ids.count(i) != 1]
        if lost:
            self.lost += 1
            self.fail("synced but lost or twice: %s" % lost, left)
            return False
        if not self.views_right(root, log):
            self.wrong += 1
            self.fail("views are not what the log says", left)
            return False
        return True

    def views_right(self, root, log):
        """Day files and feed are the log's lines."""
        days = {}
        for path in glob.glob(root + "/.events/*.jsonl"):
            with open(path, "rb") as source:
                data = source.read()
            if VIEW.search(path):
                days[int(path[-8:-6])] = ids_of(data)
            elif path.endswith("feed.jsonl") and (
                    not log.endswith(data) or b'"new"' not in data):
                return False
        want = {}
        for name in ids_of(log):
            day = dict((e[0], e[1]) for e in EMITS).get(name, 8)
            want.setdefault(day, []).append(name)
        return {d: i for d, i in days.items() if i} == want

    def run(self):
        """Power fails behind each call."""
        disk, forced, steps = None, [], list(self.calls())
        each = max(1, self.args.states // len(steps))
        for root, call in steps:
            disk = disk or Disk(root)
            if isinstance(call, str):
                forced.append(call)
            else:
                disk.apply(call)
            for _ in range(each):
                if not self.try_disk(disk.cut(self.rng), forced) and \
                        self.args.first_failure:
                    return


def ids_of(data):
    """The ids of the events in some bytes."""
    found = []
    for line in data.split(b"\n"):
        try:
            found.append(json.loads(line)["event_id"])
        except (ValueError, KeyError, TypeError):
            pass
    return found


def main():
    """The command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--states", type=int, default=101000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first-failure", action="store_true")
    parser.add_argument("emit", type=os.path.abspath)
    parser.add_argument("shim", type=os.path.abspath)
    args = parser.parse_args()
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=base) as directory:
        model = Model(args, directory)
        model.run()
    print("C3: %d states, %d with synced events lost, %d wrong" %
          (model.states, model.lost, model.wrong))
    return 1 if model.lost or model.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
