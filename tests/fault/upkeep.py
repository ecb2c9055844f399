#!/usr/bin/env python3
"""upkeep: C1 and C2 for ev-fsck: each mode that changes files is killed before
and after every call and inside its writes, or (--errors) its calls fail; then an
event is emitted, then the mode is run again.

    upkeep.py [--sample N] [--first-failure] [--scene NAME] BIN SHIM
    upkeep.py --errors [--sample N] [--first-failure] [--scene NAME] BIN INJECT

What must hold after each of these runs is told by a model of its own: events
that were there are in the log once (after the first run of a repair: or in a
file that waits for the second), day files, compressed or not, and the feed are
what the log says.  Prints points and findings; status 1 when there are any.
"""
import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from store import (LOG, PRIV, Finding, Store, ids_of, check_views,
                   check_events)  # noqa: E402


class Scene:
    """What is there, what is run, and whether lines may wait elsewhere."""

    def __init__(self, *args):
        self.args = args
        self.name = type(self).__name__

    repair = False
    bad = False     # its day files are not as noted, to begin with
    torn = False

    def start(self, _, start):
        """How the log must begin."""
        return start

    def done(self, store):
        """What must hold in the end besides."""

    def prepare(self, store):
        for day in range(1, 6):
            store.emit("evt-%d" % day, day)


class Compress(Scene):
    pass


class Late(Scene):
    """The days are compressed, one of them got a line later."""

    def prepare(self, store):
        super().prepare(store)
        store.run("ev-fsck", "--compress", "1d")
        store.emit("evt-late", 2, 11)


class Keep(Late):
    pass


class Feeds(Late):
    """There is a feed that was set aside before."""

    def prepare(self, store):
        super().prepare(store)
        store.run("ev-fsck", "--keep", "4d")
        store.emit("evt-more", 3, 12)


class Rebuild(Late):
    """A compressed day is not what it should be, and a plain one."""
    bad = True

    def prepare(self, store):
        super().prepare(store)
        shutil.copy(store.file(PRIV, "2026-01-01.jsonl.zst"),
                    store.file(PRIV, "2026-01-03.jsonl.zst"))
        store.write(b"", PRIV, "2026-01-05.jsonl")


class Reset(Scene):
    """The log lost its end, and has a torn line."""
    repair = torn = True

    def prepare(self, store):
        super().prepare(store)
        lines = store.read(LOG).splitlines(True)
        store.write(b"".join(lines[:2]) + lines[2][:40], LOG)


class Gone(Late):
    """There is no log any more."""
    repair = torn = True

    def prepare(self, store):
        super().prepare(store)
        os.unlink(store.file(LOG))


class Redact(Late):
    """An event with a secret, twice, also in a compressed day."""

    def prepare(self, store):
        super().prepare(store)
        lines = store.read(LOG).splitlines(True)
        store.write(b"".join(lines) + lines[1], LOG)
        store.emit("evt-after", 5, 11)

    def start(self, store, start):
        """The log as it may be: the lines as they were, or tombstones."""
        log = store.read(LOG)[:len(start)]
        lines = [line if b'"redacted":' in line else b""
                 for line in log.splitlines(True)]
        old = start.splitlines(True)
        found = [i for i, line in enumerate(lines) if line]
        if found not in ([], [1, len(old) - 2]) or \
                any(ids_of(lines[i]) != ["evt-2"] or
                    len(lines[i]) != len(old[i]) for i in found):
            raise Finding("not a tombstone: %s" % found)
        return b"".join(lines[i] or old[i] for i in range(len(old)))

    def done(self, store):
        for path, _, names in os.walk(store.path):
            for name in names:
                for line in store.read(path, name).split(b"\n"):
                    if b'"evt-2"' in line and b"ppp" in line:
                        raise Finding("it is still in " + name)


class Seal(Late):
    """A day has a seal and got a line since."""

    def prepare(self, store):
        super().prepare(store)
        store.run("ev-fsck", "--seal-until", "now")
        store.emit("evt-more", 3, 12)

    def done(self, store):
        told = store.run("ev-fsck", "--verify").stdout.decode()
        days = [line for line in told.splitlines() if ": OK: " in line]
        if len(days) != 5 or "lost" in told or "since" in days[2]:
            raise Finding("not sealed: " + told)


class Rotate(Scene):
    """The log was rotated before; its last line is torn."""
    torn = True

    def prepare(self, store):
        super().prepare(store)
        store.run("ev-fsck", "--rotate", "1")
        store.emit("evt-more", 3, 11)
        store.write(store.read(LOG) + b'{"event_id":"evt-to', LOG)

    def done(self, store):
        if store.read(LOG) or len(store.segments()) < 2:
            raise Finding("it was not rotated")
        if os.path.exists(store.file(PRIV, "rotate.tmp")):
            raise Finding("a file is left over")


SCENES = [
    Compress("--compress", "1d"), Late("--compress", "1d"),
    Keep("--keep", "2d"), Feeds("--keep", "1d"), Rebuild("--rebuild"),
    Rebuild("--repair"), Reset("--repair"), Gone("--repair"),
    Redact("--redact", "evt-2"), Seal("--seal-until", "now"),
    Rotate("--rotate", "1"),
]


def points(store, scene, sample):
    """The faults, from the calls of an undisturbed run."""
    calls = store.file("calls")
    store.run("ev-fsck", *scene.args, fault="trace " + calls)
    with open(calls) as f:
        rows = [row.split(" ", 2) for row in f]
    os.unlink(calls)
    found = []
    for i, (name, size, _) in enumerate(rows, 1):
        if store.errors and name == "getrandom":
            continue  # nothing can be done without
        if store.errors:
            found += ["fail %d %s" % (i, error)
                      for error in ("EIO", "ENOSPC", "EMFILE")]
            continue
        found += ["before %d" % i, "after %d" % i]
        size = int(size) if "write" in name else 0
        found += ["byte %d %d" % (i, at) for at in {1, size // 2, size - 1}
                  if 0 < at < size]
    return found[::sample]


def attempt(store, scene, fault, want, start):
    done = store.run("ev-fsck", *scene.args, fault=fault, ok=())
    if store.errors and done.returncode not in (0, 1, 2):
        raise Finding("status %d" % done.returncode)
    if store.errors and done.returncode and not done.stdout + done.stderr:
        raise Finding("it does not say why")
    if not store.errors and done.returncode != -signal.SIGKILL:
        return False
    settled(store, scene, want, start, False)
    return True


def settled(store, scene, want, start, lenient):
    """What must hold after a run that was disturbed, and after another;
    lenient: the first need not have begun."""
    store.emit("evt-other", 5, 12)
    want = want + ["evt-other"]
    check_events(store, want, scene.start(store, start), scene.repair)
    if not lenient:
        check_views(store, False)
    store.run("ev-fsck", *scene.args)
    check_events(store, want, scene.start(store, start), False)
    scene.done(store)
    check_views(store, True)
    store.run("ev-fsck")


def play(scene, options):
    base = os.path.join(options.work, "base")
    place = os.path.join(options.work, "store")
    os.mkdir(base)
    store = Store(options, base)
    scene.prepare(store)
    start = store.log()
    if scene.torn:  # up to the torn line, which gets its end
        start = start[:start.rfind(b"\n") + 1]
    want = ["evt-%d" % day for day in range(1, 6)]
    store = Store(options, place)
    shutil.copytree(base, place)
    faults = points(store, scene, options.sample)
    found = killed = 0
    for fault in faults:
        shutil.rmtree(place)
        shutil.copytree(base, place)
        try:
            killed += attempt(store, scene, fault, want, start)
        except (Finding, subprocess.SubprocessError) as e:
            found += 1
            print("%s %s: %s: %s" % (scene.name, scene.args[0], fault, e))
            if options.first_failure:
                break
    shutil.rmtree(base)
    shutil.rmtree(place)
    print("%-10s %-12s points %d disturbed %d findings %d" % (
        scene.name, scene.args[0], len(faults), killed, found))
    if not found and killed < len(faults) // 2:
        raise SystemExit("the faults do not happen")
    return found, len(faults), killed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--sample", type=int, default=1)
    parser.add_argument("--first-failure", action="store_true")
    parser.add_argument("--scene")
    parser.add_argument("bin", type=os.path.abspath)
    parser.add_argument("shim", type=os.path.abspath)
    options = parser.parse_args()
    sums = (0, 0, 0)
    shm = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(
            prefix="ev-upkeep.", dir=shm) as options.work:
        for scene in SCENES:
            if options.scene in (None, scene.name):
                sums = tuple(map(sum, zip(sums, play(scene, options))))
            if sums[0] and options.first_failure:
                break
    print("%s: %d findings, %d points, %d disturbed" % (
        ("C2" if options.errors else "C1",) + sums))
    sys.exit(sums[0] > 0)


if __name__ == "__main__":
    main()
