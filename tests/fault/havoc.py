#!/usr/bin/env python3
"""havoc: C10, everything at once and all of it killed: writers, a follower with
a cursor, one that delivers, and ev-fsck at each of its works.

    havoc.py [--writers N] [--events N] [--seed N] [--rounds N] [--only ACTOR]
        [--over DIR] BIN

ACTOR (all) is what works beside the writers, DIR has commands that take the
place of those in BIN.  Each actor is begun again and
again, and killed after a chance time, until all events are written; then each is
done once more in peace.  Every event must stand in the log once and have
reached each reader, a day's files must be what the log says, seals must hold,
and ev-fsck must find nothing wrong.  Status 1 when not.  Each of the rounds has
a seed of its own.
"""
import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

LIMIT = 60  # seconds that anything may take
DAYS = 6
BATCH = 5


class Failure(Exception):
    pass


class Storm:
    def __init__(self, options, work):
        self.bins = [options.over, options.bin]
        self.dir = work
        self.writers = options.writers
        self.events = options.events
        self.chance = random.Random(options.seed)
        self.lock = threading.Lock()
        self.kills = 0
        self.wrong = []
        self.written = threading.Event()
        self.env = {"PATH": "/usr/bin:/bin", "HOME": work,
                    "TZ": "UTC", "LC_ALL": "C", "EV_ACTOR": "storm",
                    "EV_NOW": "2026-01-08T10:00:00Z"}

    def path(self, *names):
        return os.path.join(self.dir, *names)

    def draw(self, most):
        with self.lock:
            return self.chance.random() * most

    def start(self, *args, **kw):
        kw.setdefault("stdout", subprocess.DEVNULL)
        program = next(path for path in (
            os.path.join(bin, args[0]) for bin in self.bins if bin)
            if os.path.exists(path))
        return subprocess.Popen([program, *args[1:]], env=self.env, cwd=self.dir,
                                stderr=subprocess.PIPE, **kw)

    def kill(self, process):
        process.kill()
        with self.lock:
            self.kills += 1

    def end(self, process, after):
        """Its status, and what it said; killed after so many seconds."""
        try:
            said = process.communicate(timeout=after)[1]
        except subprocess.TimeoutExpired:
            self.kill(process)
            said = process.communicate()[1]
        return process.returncode, said.decode(errors="replace")

    def complain(self, what):
        with self.lock:
            self.wrong.append(what)


# --- the writers

def event(name, number):
    return json.dumps({
        "event_id": name, "event_type": "storm.x", "actor": "storm",
        "timestamp": "2026-01-%02dT10:00:00Z" % (1 + number % DAYS),
        "data": {"pad": "p" * (number * 37 % 300)}},
        separators=(",", ":")) + "\n"


def write(storm, who):
    """Its events, in batches; what was killed is tried again."""
    for first in range(0, storm.events, BATCH):
        text = "".join(event("w%d-%d" % (who, n), who + n)
                       for n in range(first, first + BATCH)).encode()
        while True:
            process = storm.start("ev-emit", "-q", "-",
                                  stdin=subprocess.PIPE)
            if storm.draw(1) < 0.2:
                timer = threading.Timer(storm.draw(0.01), storm.kill,
                                        (process,))
                timer.start()
            else:
                timer = None
            try:
                said = process.communicate(text, timeout=LIMIT)[1]
            except BrokenPipeError:
                said = b""
                process.wait()
            if timer:
                timer.cancel()
            if process.returncode == 0:
                break
            if process.returncode != -signal.SIGKILL:
                storm.complain("ev-emit: " + said.decode())
                return


# --- what works beside them

class Upkeep:
    """ev-fsck at one of its works.  In the end it is done in peace."""

    def __init__(self, *args):
        self.args = ("-q",) + args

    def once(self, storm, after):
        status, said = storm.end(storm.start("ev-fsck", *self.args), after)
        if status not in (0, 1, -signal.SIGKILL):
            storm.complain("ev-fsck %s: %d: %s" % (
                " ".join(self.args), status, said))

    def last(self, storm):
        self.once(storm, LIMIT)


class Reader:
    """ev-tail with a cursor, whose output goes to somebody slow."""

    args = ("-f", "--cursor", "reader", "-o", "id")

    def __init__(self):
        self.got = []

    def take(self, pipe):
        text = b""
        while True:
            part = os.read(pipe.fileno(), 512)
            if not part:
                break
            text += part
            time.sleep(0.0005)
        pipe.close()
        # the last line may be half of one
        self.got += text.decode().split("\n")[:-1]

    def follow(self, storm, after, *more):
        process = storm.start("ev-tail", *self.args, *more,
                              stdout=subprocess.PIPE)
        taker = threading.Thread(target=self.take, args=(process.stdout,))
        process.stdout = None
        taker.start()
        status, said = storm.end(process, after)
        taker.join()
        if status not in (0, -signal.SIGKILL):
            storm.complain("ev-tail: %d: %s" % (status, said))

    def once(self, storm, after):
        self.follow(storm, after)

    def last(self, storm):
        self.args = tuple(a for a in self.args if a != "-f")
        self.follow(storm, LIMIT)

    def ids(self, storm):
        return self.got


class Deliverer(Reader):
    """ev-tail that hands batches to a command."""

    args = ("-f", "--cursor", "deliverer", "-o", "id", "--batch", "7",
            "--deliver", "cat >>delivered")

    def ids(self, storm):
        with open(storm.path("delivered")) as f:
            return f.read().split("\n")[:-1]


def actors():
    return {
        "reader": Reader(),
        "deliverer": Deliverer(),
        "compress": Upkeep("--compress", "2d"),
        "seal": Upkeep("--seal-until", "now"),
        "keep": Upkeep("--keep", "6d"),
        "rotate": Upkeep("--rotate", "20k"),
        "rebuild": Upkeep("--rebuild"),
        "repair": Upkeep("--repair"),
    }


def work(storm, actor):
    while not storm.written.is_set():
        actor.once(storm, storm.draw(0.02 if storm.draw(1) < 0.7 else 0.3))


# --- afterwards

def segments(storm):
    """The files of the log, in their order."""
    def first(name):
        return int(name.split(".")[2].split("-")[0])
    names = [n for n in os.listdir(storm.dir)
             if n.startswith(".events.") and n.endswith(".jsonl") and "-" in n]
    return sorted(names, key=first) + [".events.jsonl"]


def lines_of(path):
    if path.endswith(".zst"):
        text = subprocess.run(["zstd", "-dcq", path], check=True,
                              stdout=subprocess.PIPE).stdout
    elif os.path.exists(path):
        with open(path, "rb") as f:
            text = f.read()
    else:
        return []
    return text.split(b"\n")[:-1]


def ids_of(lines):
    return [json.loads(line)["event_id"] for line in lines if line]


def check_days(storm, lines):
    """Each day that was not dropped has its lines, compressed or not."""
    for day in range(1, DAYS + 1):
        name = storm.path(".events", "2026-01-%02d.jsonl" % day)
        packed = lines_of(name + ".zst") if os.path.exists(name + ".zst") \
            else []
        here = packed + lines_of(name)
        mark = b'"2026-01-%02dT' % day
        want = [line for line in lines if mark in line]
        if here != want and (here or day > 2):
            raise Failure("2026-01-%02d: %d lines, of %d" %
                          (day, len(here), len(want)))


def judge(storm, acting):
    want = ["w%d-%d" % (who, n) for who in range(storm.writers)
            for n in range(storm.events)]
    lines = [line for name in segments(storm)
             for line in lines_of(storm.path(name)) if line]
    ids = ids_of(lines)
    figures = {"lost": len(set(want) - set(ids)),
               "doubled": len(ids) - len(set(ids))}
    for name, actor in acting.items():
        if isinstance(actor, Reader):
            figures["missed by " + name] = \
                len(set(want) - set(actor.ids(storm)))
    if any(figures.values()):
        raise Failure(", ".join("%s %d" % f for f in figures.items()))
    check_days(storm, lines)
    for args in ((), ("--verify",)) if "seal" in acting else ((),):
        status, said = storm.end(storm.start(
            "ev-fsck", "-q", *args, stdout=subprocess.PIPE), LIMIT)
        if status != 0:
            raise Failure("ev-fsck %s: %d %s" % (args, status, said))
    return figures


def run(options, work_dir):
    storm = Storm(options, work_dir)
    acting = {name: actor for name, actor in actors().items()
              if options.only in (None, name)}
    status, said = storm.end(storm.start("ev-emit", "-q", "begin"), LIMIT)
    if status:
        raise Failure("no store: " + said)
    threads = [threading.Thread(target=work, args=(storm, actor))
               for actor in acting.values()]
    writers = [threading.Thread(target=write, args=(storm, n))
               for n in range(storm.writers)]
    for thread in threads + writers:
        thread.start()
    for thread in writers:
        thread.join()
    storm.written.set()
    for thread in threads:
        thread.join()
    for actor in acting.values():
        actor.last(storm)
    # each write is also the recovery of the one before it
    status, said = storm.end(storm.start("ev-emit", "-q", "end"), LIMIT)
    if status:
        storm.complain("ev-emit: " + said)
    if storm.wrong:
        raise Failure(storm.wrong[0])
    figures = judge(storm, acting)
    print("havoc: seed %d: %d events, %d killed, %s" % (
        options.seed, storm.writers * storm.events, storm.kills,
        ", ".join("%d %s" % (n, what) for what, n in figures.items())))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--events", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", choices=actors())
    parser.add_argument("--over", type=os.path.abspath)
    parser.add_argument("bin", type=os.path.abspath)
    options = parser.parse_args()
    for options.seed in range(options.seed, options.seed + options.rounds):
        work_dir = tempfile.mkdtemp(prefix="ev-havoc.")
        try:
            run(options, work_dir)
        except Failure as failure:
            print("havoc: seed %d: %s" % (options.seed, str(failure).strip()))
            sys.exit(1)
        finally:
            shutil.rmtree(work_dir)


main()
