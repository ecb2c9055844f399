#!/usr/bin/env python3
"""C26 (7-trust): random edits of a sealed log and of its seals, and merges.

Every edit that takes something away from what was sealed must be found
(status 1), with its day; one that only moves or repeats lines must not; lines
that came later must be listed.  In the end two clones append, seal and merge
both ways; each seal must stay a subset of what follows.
"""

import argparse
import hashlib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

LOG = ".events.jsonl"
PRIV = ".events"
BOOK = os.path.join(PRIV, "seals.log")
DAYS = ["2026-01-%02d" % day for day in range(1, 7)]


class Finding(Exception):
    """What must not be."""


def digest(data):
    return hashlib.sha256(data).digest()


def root_of(leaves):
    """RFC 6962, 2.1, as it is written there."""
    if len(leaves) < 2:
        return leaves[0] if leaves else digest(b"")
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return digest(b"\1" + root_of(leaves[:half]) + root_of(leaves[half:]))


def line_of(day, number, text="a"):
    return (b'{"event_id":"evt-%d","event_type":"bead.created",'
            b'"timestamp":"%sT10:00:00Z","actor":"x","bead_id":"%s"}'
            % (number, day.encode(), text.encode()))


class Store:
    def __init__(self, options, path):
        self.options = options
        self.path = path

    def file(self, name):
        return os.path.join(self.path, name)

    def read(self, name):
        with open(self.file(name), "rb") as f:
            return f.read()

    def write(self, name, data):
        with open(self.file(name), "wb") as f:
            f.write(data)

    def lines(self, name=LOG):
        return self.read(name).split(b"\n")[:-1]

    def put(self, lines, name=LOG):
        self.write(name, b"".join(line + b"\n" for line in lines))

    def fsck(self, *args, now="2026-02-01T00:00:00Z"):
        env = dict(os.environ, EV_NOW=now, TZ="UTC", LC_ALL="C",
                   HOME=self.options.work)
        done = subprocess.run(
            [self.options.fsck, *args, "-S", self.file(LOG)], env=env,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
            check=False)
        return done.returncode, done.stdout.decode()

    def seal(self, *args, now="2026-02-01T00:00:00Z"):
        status, text = self.fsck(*args, now=now)
        if status != 0:
            raise SystemExit("cannot seal: " + text)


def day_of(line):
    return re.search(rb'"timestamp":"([0-9-]*)T', line).group(1).decode()


# Each edit gives the status that must follow and a pattern of the output.

def drop(store, lines, at):
    line = lines[at]
    store.put([other for other in lines if other != line])
    return 1, "^%s: MISSING: 1 leaf: %s$" % (
        day_of(line), digest(b"\0" + line).hex())


def alter(store, lines, at):
    line = bytearray(lines[at])
    where = random.randrange(len(line))
    while bytes(line) in lines:
        line[where] = random.choice(b"0123456789abc{}\"\\\0\t\xff")
    day = day_of(lines[at])
    store.put([bytes(line) if other == lines[at] else other
               for other in lines])
    return 1, "^%s: MISSING: 1 leaf: " % day


def edit(store, lines, at):
    """As somebody does who knows the format."""
    line = lines[at].replace(b'"bead_id":"', b'"bead_id":"b')
    day = day_of(line)
    new = [line if i == at else other for i, other in enumerate(lines)
           if i == at or other != lines[at]]
    store.put(new)
    return 1, r"^.*%s:%d: EDITED: .* %s," % (
        re.escape(LOG), new.index(line) + 1, day)


def swap(store, lines, at):
    to = random.randrange(len(lines))
    lines[at], lines[to] = lines[to], lines[at]
    store.put(lines)
    return 0, ""


def repeat(store, lines, at):
    lines.insert(random.randrange(len(lines) + 1), lines[at])
    store.put(lines)
    return 0, ""


def insert(store, lines, at):
    to = random.randrange(len(lines) + 1)
    line = line_of(day_of(lines[at]), random.randrange(10**6, 10**9))
    lines.insert(to, line)
    store.put(lines)
    return 0, r"^.*%s:%d: ADDED: after the seal of %s$" % (
        re.escape(LOG), to + 1, day_of(line))


def roll_back(store, _lines, _at):
    seals = store.lines(BOOK)
    store.put(seals[:random.randrange(len(seals))], BOOK)
    return 1, ": ROLLED-BACK: "


def drop_seal(store, _lines, _at):
    seals = store.lines(BOOK)
    del seals[random.randrange(len(seals))]
    store.put(seals, BOOK)
    return 1, ": ROLLED-BACK: "


def alter_seal(store, _lines, _at):
    seals = store.lines(BOOK)
    at = random.randrange(len(seals))
    line = bytearray(seals[at])
    where = random.randrange(len(line))
    line[where] = line[where] % 9 + 48 if line[where] % 9 + 48 != line[
        where] else 58
    seals[at] = bytes(line)
    store.put(seals, BOOK)
    return 1, ": (ROLLED-BACK|ALTERED): "


def alter_leaves(store, lines, at):
    """A line goes, and its leaf with it."""
    name = os.path.join(PRIV, day_of(lines[at]) + ".leaves")
    leaf = digest(b"\0" + lines[at]).hex().encode()
    store.put([text for text in store.lines(name)
               if not text.startswith(leaf)], name)
    if random.randrange(2):
        store.put([line for line in lines if line != lines[at]])
    return 1, r"^.*%s: ALTERED: " % re.escape(name)


def shuffle_seals(store, lines, at):
    """What a merge makes of the files: any order, repeated."""
    for name in [BOOK, os.path.join(PRIV, day_of(lines[at]) + ".leaves")]:
        text = store.lines(name)
        text += random.sample(text, len(text) // 2)
        random.shuffle(text)
        store.put(text, name)
    return 0, ""


EDITS = [drop, alter, edit, swap, repeat, insert, roll_back, drop_seal,
         alter_seal, alter_leaves, shuffle_seals]


def prepare(store):
    os.mkdir(store.path)
    number = 0
    lines = []
    for day in DAYS:
        for _ in range(random.randrange(1, 12)):
            number += 1
            lines.append(line_of(day, number))
    random.shuffle(lines)
    store.put(lines)
    for day in DAYS[:3]:
        store.seal("--seal", day, now=day + "T12:00:00Z")
    for day in DAYS[:2]:
        number += 1
        lines.append(line_of(day, number, "late"))
    store.put(lines)
    store.seal("--seal-until", "now")


def attempt(options, base, what):
    place = os.path.join(options.work, "store")
    shutil.copytree(base.path, place)
    try:
        store = Store(options, place)
        lines = store.lines()
        want, pattern = what(store, lines, random.randrange(len(lines)))
        status, text = store.fsck("--verify")
        if status != want:
            raise Finding("status %d, not %d: %s" % (status, want, text))
        if not re.search(pattern, text, re.M):
            raise Finding("not said: %s: %s" % (pattern, text))
        if want == 0 and re.search("MISSING|ALTERED|EDITED|BACK", text):
            raise Finding("said for nothing: " + text)
    finally:
        shutil.rmtree(place)


def edits(options):
    found = 0
    count = 0
    while count < options.edits:
        base = Store(options, os.path.join(options.work, "base"))
        prepare(base)
        for _ in range(min(100, options.edits - count)):
            what = EDITS[count % len(EDITS)]
            count += 1
            try:
                attempt(options, base, what)
            except Finding as e:
                found += 1
                print("%s: %s" % (what.__name__, e))
                if options.first_failure:
                    return count, found
        shutil.rmtree(base.path)
    return count, found


def git(path, *args):
    env = dict(os.environ, GIT_CONFIG_NOSYSTEM="1", HOME=path, LC_ALL="C")
    done = subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x", *args], cwd=path,
        env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        raise SystemExit("git %s: %s" % (args, done.stdout.decode()))


def commit(store):
    git(store.path, "add", "-A", "-f", LOG, BOOK, PRIV)
    git(store.path, "commit", "-qm", "more")


def check_seals(store):
    """Every seal there ever was, by a model of the format."""
    seals = re.findall(
        rb'^\{"date":"([0-9-]*)",.*"root":"([0-9a-f]*)".*"over":\[(.*?)\]',
        store.read(BOOK), re.M)
    log = {digest(b"\0" + line) for line in store.lines()}
    for date, root, over in seals:
        tags = {root[:16]}
        todo = [over]
        while todo:
            for tag in re.findall(rb"[0-9a-f]{16}", todo.pop()):
                tags.add(tag)
                todo += [o for d, r, o in seals
                         if d == date and r[:16] == tag]
        name = os.path.join(PRIV, date.decode() + ".leaves")
        leaves = sorted({bytes.fromhex(text[:64].decode())
                         for text in store.lines(name) if text[65:] in tags})
        if root_of(leaves).hex().encode() != root:
            raise Finding("the leaves of a seal of %s are not its"
                          % date.decode())
        if not log.issuperset(leaves):
            raise Finding("a seal of %s is no subset" % date.decode())
    return len(seals)


def merges(options):
    """How many seals there are in the end."""
    ours = Store(options, os.path.join(options.work, "ours"))
    prepare(ours)
    ours.write(".gitattributes", b"*.jsonl merge=union\n"
               b"seals.log merge=union\n*.leaves merge=union\n")
    git(ours.path, "init", "-q", "-b", "main")
    git(ours.path, "add", ".gitattributes")
    commit(ours)
    git(options.work, "clone", "-q", "ours", "theirs")
    theirs = Store(options, os.path.join(options.work, "theirs"))
    number = 10**6
    for turn in range(options.merges):
        for store in (ours, theirs):
            for _ in range(random.randrange(1, 4)):
                number += 1
                with open(store.file(LOG), "ab") as f:
                    f.write(line_of(random.choice(DAYS), number) + b"\n")
            store.seal("--seal-until", "now",
                       now="2026-02-01T00:00:%02dZ" % (turn % 60))
            commit(store)
        to, of = random.sample([ours, theirs], 2)
        git(to.path, "pull", "-q", "--no-rebase", "--no-edit", of.path,
            "main")
        if turn % 2:
            git(of.path, "pull", "-q", "--no-rebase", "--no-edit", to.path,
                "main")
        for store in (ours, theirs):
            status, text = store.fsck("--verify")
            if status != 0:
                raise Finding("after a merge: " + text)
            seals = check_seals(store)
    return seals


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--edits", type=int, default=10000)
    parser.add_argument("--merges", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first-failure", action="store_true")
    parser.add_argument("fsck", type=os.path.abspath)
    options = parser.parse_args()
    random.seed(options.seed)
    seals = 0
    shm = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=shm) as options.work:
        count, found = edits(options)
        if not (found and options.first_failure) and options.merges:
            try:
                seals = merges(options)
            except Finding as e:
                found += 1
                print("merge: %s" % e)
    print("C26: %d edits, %d merges, %d seals of them, %d findings"
          % (count, options.merges, seals, found))
    sys.exit(found > 0)


main()
