#!/usr/bin/env python3
"""Inputs that are made to hurt (7-trust, C20).

	bombs.py [--sample] [--keys] BIN COUNTED COLLIDE

A line of 1 GiB, nesting 10^6 deep, 10^7 types, parents 10^6 deep, ids that
collide.  Bars: peak memory is 64 MiB, the longest line and what the pages
declare for tables; twice the input is at most two and a half times the work,
counted in blocks of code (count.c) by the commands in COUNTED.
--sample takes smaller ones, --keys the colliding ids alone.  Prints findings
and figures; 0 all is right, 1 not.
"""
import argparse
import os
import subprocess
import sys
import tempfile

MIB = 1 << 20
EVENT = b'{"event_id":"last","event_type":"t","timestamp":"2026-01-06T00:00:00Z"}\n'
# What tells that a command has read the event; ev-fp has no failure there.
EXPECT = {"ev-stats": b"t,1", "ev-fp": b""}


class Run:
    """A command that reads a file: what it said and took."""

    def __init__(self, argv, path, counter):
        env = dict(os.environ, WORK_COUNTER=counter)
        with open(path, "rb") as source, tempfile.TemporaryFile() as out, \
                tempfile.TemporaryFile() as err:
            child = subprocess.Popen(argv, stdin=source, stdout=out,
                                     stderr=err, env=env)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            err.seek(0)
            self.out, self.err = out.read(1 << 16), err.read(1 << 16)
        self.status = child.returncode
        self.mib = usage.ru_maxrss / 1024
        self.cpu = usage.ru_utime + usage.ru_stime
        self.work = 0
        if os.path.exists(counter):
            with open(counter, "rb") as count:
                self.work = int.from_bytes(count.read(), sys.byteorder)
            os.unlink(counter)


class Bombs:
    """The runs and what was wrong with them."""

    def __init__(self, args, directory):
        self.args, self.dir = args, directory
        self.runs = self.wrong = 0
        self.peak = 0

    def path(self, name):
        """A file of the test."""
        return os.path.join(self.dir, name)

    def run(self, command, path, most, status=0, counted=False):
        """Runs a command; most: MiB that it may take."""
        argv = [os.path.join(self.args.counted if counted else self.args.bin,
                             command[0])] + command[1:]
        run = Run(argv, path, self.path("counter"))
        self.runs += 1
        self.peak = max(self.peak, run.mib)
        if run.status != status:
            self.fail("%s: status %d: %s" % (" ".join(command), run.status,
                                             run.err[:200]))
        if run.mib > most:
            self.fail("%s: %.0f MiB, may be %.0f" % (" ".join(command),
                                                     run.mib, most))
        return run

    def fail(self, what):
        """Something is wrong."""
        self.wrong += 1
        print("C20: " + what)

    def linear(self, what, one, two):
        """Twice the input: at most two and a half times the work."""
        print("C20: %s: %.1f million blocks (%.2f s), half of it %.1f "
              "(%.2f s), %.0f MiB" % (what, two.work / 1e6, two.cpu,
                                      one.work / 1e6, one.cpu, two.mib))
        if one.work == 0 or two.work > 2.5 * one.work:
            self.fail("%s: not linear" % what)

    # --- the bombs

    def readers(self, path, most):
        """Every reader passes over the bomb and has what is behind it."""
        for command in (["ev-tail", "-n", "all", "-o", "id"],
                        ["ev-tail", "-n", "1", "-o", "id"],
                        ["ev-replay", "-o", "id"],
                        ["ev-stats", "-o", "csv", "--by", "type"],
                        ["ev-tree", "-o", "jsonl"],
                        ["ev-fp"]):
            run = self.run(command + [path], "/dev/null", most)
            if EXPECT.get(command[0], b"last") not in run.out:
                self.fail("%s: what is behind is missing" % command)
            self.run(command + ["-"], path, most)

    def long_line(self):
        """A line of 1 GiB: NULs of a sparse file, then letters."""
        size = 1 << 30
        with open(self.path("long"), "wb") as out:
            out.truncate(size)
            out.seek(size)
            out.write(b"\n" + EVENT)
        self.readers(self.path("long"), 64 + 64)
        letters = (1 << 28) if self.args.sample else size
        with open(self.path("letters"), "wb") as out:
            out.write(b'{"event_type":"')
            for _ in range(letters // MIB):
                out.write(b"a" * MIB)
            out.write(b'"}\n' + EVENT)
        self.run(["ev-tail", "-n", "all", "-"], self.path("letters"), 128)
        self.run(["ev-emit", "-S", self.path("store.jsonl"), "-"],
                 self.path("letters"), 128, status=1)
        os.unlink(self.path("long"))
        os.unlink(self.path("letters"))

    def deep(self):
        """Nesting 10^6 deep."""
        depth = 10**6
        with open(self.path("deep"), "wb") as out:
            out.write(b'{"event_type":"t","data":' + b"[" * depth +
                      b"]" * depth + b"}\n")
            out.write(b'{"event_type":"t","data":' + b'{"a":' * depth +
                      b"1" + b"}" * depth + b"}\n" + EVENT)
        self.readers(self.path("deep"), 64 + 64)

    def types(self, name, count):
        """So many types, one event each: a million groups are kept apart,
        of 128 bytes."""
        with open(self.path(name), "w") as out:
            for i in range(count):
                out.write('{"event_id":"e%d","event_type":"type.%d"}\n' %
                          (i, i))
        run = self.run(["ev-stats", "-o", "csv", "--by", "type",
                        self.path(name)], "/dev/null", 256, counted=True)
        os.unlink(self.path(name))
        return run

    def many_types(self):
        """Over a million of types the table does not grow any more."""
        million = 10**6
        one = self.types("types", million + million // 10)
        two = self.types("types", 2 * (million + million // 10))
        self.linear("%d types" % (2.2 * million), one, two)
        many = two
        if not self.args.sample:
            many = self.types("types", 10 * million)
        if many.mib > one.mib * 1.2 + 8:
            self.fail("a capped table grows: %.0f to %.0f MiB" %
                      (one.mib, many.mib))

    def parents(self, count):
        """A chain of causes."""
        with open(self.path("chain"), "w") as out:
            for i in range(count):
                cause = '"e%d"' % (i - 1) if i > 0 else "null"
                out.write('{"event_id":"e%d","event_type":"t","caused_by":%s}'
                          '\n' % (i, cause))
        # ev-tree(1): some 60 bytes of each event, and each id once
        return self.run(["ev-tree", "-o", "jsonl", self.path("chain")],
                        "/dev/null", 128 + count * 128 / MIB,
                        counted=True)

    def deep_parents(self):
        """Parents 10^6 deep."""
        count = 10**5 if self.args.sample else 10**6
        self.linear("parents %d deep" % count, self.parents(count // 2),
                    self.parents(count))

    def keys(self):
        """Ids that collide in a table whose hash has no secret."""
        count = 8000
        for name, n in (("one", count), ("two", 2 * count)):
            with open(self.path(name), "wb") as out:
                subprocess.run([self.args.collide, str(n)], stdout=out,
                               check=True)
        one, two = (self.run(["ev-replay", "--compare", self.path(name),
                              self.path(name)], "/dev/null", 128,
                             counted=True)
                    for name in ("one", "two"))
        self.linear("%d colliding ids" % (2 * count), one, two)


def main():
    """The command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--keys", action="store_true")
    parser.add_argument("bin")
    parser.add_argument("counted")
    parser.add_argument("collide")
    args = parser.parse_args()
    for name in list(os.environ):
        if name.startswith("EV_"):
            del os.environ[name]
    os.environ.update(LC_ALL="C", TZ="UTC", EV_NOW="2026-01-07T00:00:00Z")
    with tempfile.TemporaryDirectory() as directory:
        os.environ["HOME"] = os.environ["XDG_STATE_HOME"] = directory
        bombs = Bombs(args, directory)
        bombs.keys()
        if not args.keys:
            bombs.deep()
            bombs.many_types()
            bombs.deep_parents()
            bombs.long_line()
    print("C20: %d runs, %.0f MiB at most, %d wrong" %
          (bombs.runs, bombs.peak, bombs.wrong))
    return 1 if bombs.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
