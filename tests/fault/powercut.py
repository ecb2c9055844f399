#!/usr/bin/env python3
"""A model of power cuts (7-trust, C3).

	powercut.py [--states N] [--upkeep N] [--jobs N] [--seed N]
		[--story NAME] [--apart] [--first-failure] BIN SHIM

Commands are recorded: each call that changed a file or a name.  Then power
fails behind each call, and what may be on the disk (disk.py) is made anew, no
such disk twice.  After ev-emit, alone, from standard input, with --atomic, on
each of them (another boot) one more event is emitted: what was acknowledged
with --sync=data or full must be in the log, nothing twice, and the day files
and the feed must be what the log says.  After each mode of ev-fsck that
changes files what upkeep.py wants after a kill must hold: N disks each.  Prints
findings and figures; 0 all is right, 1 not.

--apart: names are forced by their directory alone; for stories whose log begins
with an event that is synced.
"""
import argparse
import glob
import multiprocessing
import os
import random
import re
import signal
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
# pylint: disable=wrong-import-position
import disk  # noqa: E402
import store  # noqa: E402
import upkeep  # noqa: E402

# Of each run of ev-emit: --sync, more options, (id, day) of its events.
STORIES = {
    "days": (("data", "", ("e1", 6)), ("none", "", ("e2", 6)),
             ("data", "", ("e3", 6)), ("none", "", ("e4", 7)),
             ("full", "", ("e5", 6)), ("none", "", ("e6", 7)),
             ("none", "", ("e7", 8)), ("data", "", ("e8", 7)),
             ("none", "", ("e9", 8)), ("none", "", ("e10", 8))),
    "batches": (("none", "", ("e1", 5)),
                ("data", "-", ("e2", 6), ("e3", 7), ("e4", 6)),
                ("none", "-", ("e5", 7), ("e6", 8)),
                ("full", "-", ("e7", 6), ("e8", 6), ("e9", 9)),
                ("none", "", ("e10", 8)),
                ("data", "-", ("e11", 5), ("e12", 8))),
    # more days than the state keeps
    "wide": tuple(("none", "", ("e%d" % i, 8 + i % 12)) for i in range(16)),
    "atomic": (("none", "", ("e1", 5)),
               ("data", "--atomic", ("e2", 6), ("e3", 7), ("e4", 6)),
               ("none", "--atomic", ("e5", 7), ("e6", 8)),
               ("full", "--atomic", ("e7", 6), ("e8", 9)),
               ("none", "", ("e9", 8)),
               ("data", "--atomic", ("e10", 5), ("e11", 8))),
}
LOG = ".events.jsonl"
VIEW = re.compile(r"\d{4}-\d\d-\d\d\.jsonl$")
LIMIT = 60      # seconds of one command: it hangs
TRIES = 40      # draws without a new disk: there are no more


def line_of(name, day):
    """An event as a line."""
    return ('{"event_id":"%s","event_type":"x.y","timestamp":"2026-01-%02d'
            'T10:00:00Z","actor":"t","data":{}}\n' % (name, day))


class Emits:
    """Runs of ev-emit in a directory that is the whole disk."""
    holes = True

    def __init__(self, args, directory, story):
        self.args, self.dir, self.name = args, directory, story
        self.root = os.path.join(directory, "disk")
        self.log = self.root + "/work/" + LOG
        self.days = {"new": 8}
        for run in STORIES[story]:
            self.days.update(run[2:])

    def emit(self, run, fault=None):
        """A run: its status and what it said."""
        sync, how, *events = run
        env = {"PATH": "/usr/bin:/bin", "TZ": "UTC", "LC_ALL": "C",
               "HOME": self.root + "/home", "EV_ACTOR": "t",
               "EV_NOW": "2026-01-09T00:00:00Z"}
        if fault is not None:
            env["LD_PRELOAD"], env["EV_FAULT"] = self.args.shim, fault
        argv = [self.args.bin + "/ev-emit", "-q", "-S", self.log,
                "--sync=" + sync]
        given = self.dir + "/input"
        with open(given, "w", encoding="ascii") as out:
            out.write("".join(line_of(*event) for event in events))
        if not how:
            argv += ["--id", events[0][0], "--time",
                     "2026-01-%02dT10:00:00Z" % events[0][1], "x.y"]
        else:
            argv += [how, "-"] if how != "-" else ["-"]
        said = self.dir + "/said"
        child = os.posix_spawn(argv[0], argv, env, file_actions=(
            (os.POSIX_SPAWN_OPEN, 0, given, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, said,
             os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)))
        signal.signal(signal.SIGALRM,
                      lambda *_: os.kill(child, signal.SIGKILL))
        signal.alarm(LIMIT)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        signal.alarm(0)
        if status == 0:
            return 0, ""
        with open(said, encoding="utf-8", errors="replace") as source:
            return status, source.read()

    def steps(self):
        """The disk as it begins; then each call, and a list of ids that are
        acknowledged there."""
        for name in ("", "/work", "/home"):
            os.mkdir(self.root + name)
        yield disk.Disk(self.root, self.args.apart)
        record = self.dir + "/record"
        for run in STORIES[self.name]:
            status, said = self.emit(run, "record " + record)
            if status != 0:
                raise RuntimeError("cannot be recorded: %s" % said)
            yield from disk.recorded(record)
            os.unlink(record)
            if run[0] != "none":
                yield [event[0] for event in run[2:]]

    def judge(self, acked, hole):
        """Boots from the disk and emits; what is wrong.  Views that were
        written before the log was may have more than it; a repair takes it
        from there."""
        status, said = self.emit(("none", "", ("new", 8)))
        if status != 0:
            return "status %d, %s" % (status, said)
        with open(self.log, "rb") as source:
            ids = store.ids_of(source.read())
        lost = [name for name in acked + ["new"] if name not in ids]
        if lost:
            return "synced but lost: %s" % lost
        if len(set(ids)) < len(ids):
            return "twice in the log: %s" % ids
        if hole:
            # 1: there are damaged lines, the zeros
            status = subprocess.run(
                [self.args.bin + "/ev-fsck", "-S", self.log, "--repair"],
                env={"PATH": "/usr/bin:/bin", "HOME": self.root + "/home"},
                timeout=LIMIT, stdout=subprocess.DEVNULL,
                stderr=subprocess.STDOUT, check=False).returncode
            if status not in (0, 1):
                return "ev-fsck --repair: status %d" % status
        return self.views()

    def views(self):
        """Day files and feed are the log's lines."""
        with open(self.log, "rb") as source:
            log = source.read()
        days, want = {}, {}
        for path in glob.glob(self.root + "/work/.events/*.jsonl"):
            with open(path, "rb") as source:
                data = source.read()
            if VIEW.search(path):
                days[int(path[-8:-6])] = store.ids_of(data)
            elif path.endswith("feed.jsonl") and (
                    not log.endswith(data) or b'"new"' not in data):
                return "the feed is not what the log says"
        for name in store.ids_of(log):
            want.setdefault(self.days[name], []).append(name)
        if {d: i for d, i in days.items() if i} != want:
            return "views are not what the log says"
        return None


class Upkeep:
    """One mode of ev-fsck."""
    holes = False

    def __init__(self, args, directory, scene):
        self.scene = scene
        self.name = "%s %s" % (scene.name, " ".join(scene.args))
        self.dir = directory
        self.root = os.path.join(directory, "disk")
        options = argparse.Namespace(bin=args.bin, shim=args.shim,
                                     errors=False)
        self.store = store.Store(options, self.root)
        self.start, self.want = b"", ["evt-%d" % day for day in range(1, 6)]

    def steps(self):
        """The disk as it begins; each call; that it is acknowledged."""
        os.mkdir(self.root)
        self.scene.prepare(self.store)
        self.start = self.store.log()
        if self.scene.torn:
            self.start = self.start[:self.start.rfind(b"\n") + 1]
        yield disk.Disk(self.root)
        record = self.dir + "/record"
        self.store.run("ev-fsck", *self.scene.args, fault="record " + record)
        yield from disk.recorded(record)
        yield [""]

    def judge(self, acked, _):
        """What must hold after a kill; what was acknowledged, at once."""
        # what was not forced yet may be zeros
        try:
            self.store.damaged = b"\0" in self.store.log()
            if acked and self.scene.name in ("Redact", "Seal"):
                self.store.emit("evt-other", 5, 12)
                self.scene.done(self.store)
            if acked:
                store.check_events(
                    self.store, self.want,
                    self.scene.start(self.store, self.start), False)
            upkeep.settled(self.store, self.scene, self.want, self.start,
                           self.scene.bad)
        except store.Finding as finding:
            return str(finding)
        return None


class Cuts:
    """The disks that were tried, and what was found."""

    def __init__(self, args, worker):
        self.args, self.worker = args, worker
        self.seen = set()
        self.count = self.states = self.lost = self.wrong = 0

    def disks(self, story, now, acked, rng, most):
        """Up to so many disks that were not there yet."""
        tries = 0
        while most > 0 and tries < TRIES:
            left, hole = now.cut(rng, story.holes)
            key = hash((tuple(sorted(left.items(),
                                     key=lambda item: item[0])), len(acked)))
            tries += 1
            if key in self.seen:
                continue
            self.seen.add(key)
            tries, most = 0, most - 1
            self.count += 1
            yield left, hole

    def play(self, story, most):
        """Power fails behind each call of a story: so many disks in all."""
        rng = random.Random(self.args.seed)
        calls = story.steps()
        now = next(calls)
        calls, acked, self.seen = list(calls), [], set()
        for i, call in enumerate(calls):
            if isinstance(call, list):
                acked.extend(call)
            else:
                now.apply(call)
            before = self.count
            for left, hole in self.disks(story, now, acked, rng,
                                         most // (len(calls) - i)):
                if self.count % self.args.jobs == self.worker and \
                        self.wrong_with(story, left, hole, acked) and \
                        self.args.first_failure:
                    return
            most -= self.count - before

    def wrong_with(self, story, left, hole, acked):
        """Tries a disk; is something wrong?"""
        disk.lay(story.root, left, True)
        self.states += 1
        wrong = story.judge(acked, hole)
        if wrong is None:
            return False
        self.lost += "lost" in wrong
        self.wrong += 1
        print("C3: %s: %s; on the disk: %s" % (story.name, wrong, ", ".join(
            "%s %d" % (path, len(data)) for path, data in sorted(left.items())
            if data is not None)))
        sys.stdout.flush()
        return True


def work(args, worker):
    """The share of one process: (states, lost, wrong)."""
    cuts = Cuts(args, worker)
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    stories = [lambda where, name=name: Emits(args, where, name)
               for name in STORIES if args.story in (None, name)]
    most = [args.states // len(STORIES)] * len(stories)
    for scene in upkeep.SCENES:
        if args.upkeep > 0 and args.story in (None, scene.name):
            stories.append(
                lambda where, scene=scene: Upkeep(args, where, scene))
            most.append(args.upkeep)
    for story, states in zip(stories, most):
        with tempfile.TemporaryDirectory(
                prefix="ev-powercut.", dir=base) as directory:
            cuts.play(story(directory), states)
        if cuts.wrong and args.first_failure:
            break
    return cuts.states, cuts.lost, cuts.wrong


def main():
    """The command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--states", type=int, default=105000)
    parser.add_argument("--upkeep", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--story")
    parser.add_argument("--apart", action="store_true")
    parser.add_argument("--first-failure", action="store_true")
    parser.add_argument("bin", type=os.path.abspath)
    parser.add_argument("shim", type=os.path.abspath)
    args = parser.parse_args()
    with multiprocessing.Pool(args.jobs) as pool:
        done = pool.starmap(work, [(args, i) for i in range(args.jobs)])
    states, lost, wrong = (sum(part) for part in zip(*done))
    print("C3: %d states, %d with synced events lost, %d wrong" %
          (states, lost, wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
