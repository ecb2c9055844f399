#!/usr/bin/env python3
"""Hostile bytes before a terminal (7-trust, C21): every control, CSI and OSC
sequences, bidirectional controls and bytes that are not UTF-8, in every field
of every dialect's events, in options, operands, file names, settings and so in
messages; every command with every format, on a pseudo-terminal.

    terminal.py [--sample N] [--first-failure] DIRECTORY-OF-COMMANDS

Every ev-* of the directory takes part: its options and formats are what
--list-options says.  Prints what reached the terminal and should not have;
0 nothing did, 1 something, 2 the test could not be made."""

import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

LIMIT = 10  # seconds that a run may take
BIDI = [0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
UNSAFE = {*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *BIDI} - {9, 10}

CONTROLS = "".join(map(chr, range(1, 0x20))) + "\x7f"
SEQUENCES = "\x1b[2J\x1b[31m\x1b]0;title\x07\x1b]52;c;eA==\x1b\\\x1bP1$q\x1b\\"
HIGH = "".join(map(chr, [*range(0x80, 0xA0), 0x2028, 0x2029, *BIDI]))
FORGED = "\nforged"  # a text must not begin a line of its own
BROKEN = b"\x80\x9b2J\xc0\xaf\xff\xfe\xed\xa0\x80\xf5\x80\x80\x80\xc3"

# As they stand in JSON, and raw as an argument or a name.
IN_JSON = {
    "controls": json.dumps("a" + CONTROLS + SEQUENCES + FORGED)[1:-1].encode(),
    "high": ("b" + HIGH).encode(),
    "high-escaped": json.dumps("c" + HIGH)[1:-1].encode(),
    "nul": b"d\\u0000\\ud800e",
    "raw-controls": ("f" + SEQUENCES + "\r").encode(),
    "broken": b"g" + BROKEN,
}
RAW = {
    "controls": ("h" + CONTROLS + SEQUENCES + FORGED).encode(),
    "high": ("i" + HIGH).encode(),
    "broken": b"j" + BROKEN,
}

# One event of each dialect, with something in every field that has a meaning.
EVENTS = [
    {"event_id": "e1", "event_type": "bead.created", "actor": "x",
     "timestamp": "2026-01-06T10:30:00Z", "session_id": "s", "caused_by": "p",
     "correlation_id": "c", "severity": "3", "level": "ops",
     "fingerprint": "f", "data": {"bead_id": "gt-1", "title": "t",
     "reason": "r", "verdict": "v", "file": "a.c", "line": "1"}},
    {"id": "g1", "type": "test", "createdAt": "2026-01-06T10:30:00Z",
     "userId": "u", "description": "d", "archetypeIds": ["jarvis"],
     "skillsExercised": ["k"], "quality": "0.5", "caused_by": "p",
     "metadata": {"sessionId": "s", "correlationId": "c"}},
    {"id": "b1", "sessionId": "s", "type": "tool_call",
     "timestamp": 1767695400000, "turn": 1, "parentId": "p", "payload":
     {"correlationId": "c", "intentId": "i", "reason": "r", "verdict": "v"}},
    {"id": "a1", "type": "error", "timestamp": 1767695400000, "source": "s",
     "sessionId": "n", "severity": "high", "message": "m", "file": "f.c",
     "line": 1, "fingerprint": "p", "resolved": "no", "caused_by": "c",
     "metadata": {"correlationId": "c"}},
    {"id": "r1", "kind": "Denied", "timestamp": 1767695400000,
     "fingerprint": "f", "agentId": "a", "target": "t", "file": "f",
     "justification": "j", "metadata": {"runId": "r", "severity": "3"}},
    {"recordId": "d1", "runId": "r", "timestamp": 1767695400000,
     "outcome": "deny", "reason": "r", "action": {"type": "t", "target": "x"}},
    {"syscall": "open", "policy_result": "deny", "agent": "a", "target": "t",
     "timestamp": "2026-01-06T10:30:00Z", "run_id": "r"},
    {"type": "EvolutionEvent", "id": "evt_1767695400000", "parent": "p",
     "intent": "repair", "genes_used": ["g"], "signals": ["s"],
     "gene_id": "g", "capsule_id": "c", "outcome":
     {"status": "ok", "score": 0.5}, "meta":
     {"at": "2026-01-06T10:30:00Z", "correlationId": "c"}},
    {"ts": "2026-01-06T10:30:00Z", "source": "gt", "type": "sling",
     "actor": "a", "visibility": "feed", "summary": "s", "caused_by": "p",
     "payload": {"bead": "b", "target": "t", "subject": "s", "session": "n"}},
    {"id": "1", "issue_id": "x-1", "event_type": "created", "actor": "a",
     "created_at": "2026-01-06T10:30:00Z", "comment": "c",
     "new_value": {"status": "open"}},
    {"id": "int-1", "kind": "k", "created_at": "2026-01-06T10:30:00Z",
     "actor": "a", "issue_id": "x-1", "parent_id": "p",
     "extra": {"reason": "r", "new_value": "v"}},
    {"specversion": "1.0", "id": "1", "type": "t", "source": "s",
     "subject": "b", "time": "2026-01-06T10:30:00Z", "causationid": "p",
     "correlationid": "c", "data": {"x": "y"}},
    {"id": "1", "type": "t", "time": "2026-01-06T10:30:00Z", "message": "m",
     "level": "error", "actor": "a", "session": "s", "entity": "e"},
]
COLUMNS = ("id,type,time,actor,session,parent,correlation,entity,severity,"
           "level,message,quality,outcome,file,line,fingerprint,turn,intent,"
           "archetype,skill,gene,signal,dialect,category,raw,data.title")
# What runs the text it is given is no matter of ours.
NOT_TRIED = {"--deliver", "--exec"}
EXTRA = {"ev-emit": ["bead.created"], "ev-git": ["status"]}


def leaves(value, path=()):
    """The paths of what can be replaced: values that are texts, and keys."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield path + (key,), True
            yield from leaves(inner, path + (key,))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from leaves(inner, path + (i,))
    elif isinstance(value, str):
        yield path, False


def replaced(value, path, is_key):
    """A copy with MARK in the place of one text or key."""
    if not path:
        return "MARK"
    copy = list(value) if isinstance(value, list) else dict(value)
    if is_key and len(path) == 1:
        return {("MARK" if k == path[0] else k): v for k, v in value.items()}
    copy[path[0]] = replaced(value[path[0]], path[1:], is_key)
    return copy


def hostile_lines(payload):
    for event in EVENTS:
        for path, is_key in leaves(event):
            line = json.dumps(replaced(event, path, is_key))
            yield line.encode().replace(b"MARK", payload) + b"\n"


def offences(data, colour, forged):
    """The bytes and characters that may not reach a terminal."""
    if colour:
        data = re.sub(rb"\x1b\[[0-9;]*m", b"", data)
    data = data.replace(b"\r\n", b"\n")  # the terminal's own
    data = re.sub(rb"(?m)^\x1e(?={)", b"", data)  # json-seq's own
    found = re.findall(rb"(?m)^forged", data) if forged else []
    while data:
        try:
            text, data = data.decode(), b""
        except UnicodeDecodeError as e:
            text = data[:e.start].decode()
            found.append(data[e.start:e.start + 1])
            data = data[e.start + 1:]
        found += [c.encode() for c in text if ord(c) in UNSAFE]
    return found


def run_on_terminal(argv, stdin, env, cwd):
    """What a command writes on standard output and error together."""
    master, slave = pty.openpty()
    child = subprocess.Popen(argv, stdin=stdin, stdout=slave, stderr=slave,
                             env=env, cwd=cwd, start_new_session=True)
    os.close(slave)
    got, late = b"", time.monotonic() + LIMIT
    while True:
        left = late - time.monotonic()
        if left <= 0 or not select.select([master], [], [], left)[0]:
            child.send_signal(signal.SIGKILL)
            child.wait()
            os.close(master)
            return got, True
        try:
            more = os.read(master, 65536)
        except OSError:  # the other end was closed
            more = b""
        if not more:
            break
        got += more
    os.close(master)
    child.wait()
    return got, False


class Suite:
    def __init__(self, directory, sample, first):
        self.bin = os.path.abspath(directory)
        self.sample, self.first = sample, first
        self.turn = self.runs = self.bytes = self.hung = 0
        self.place = tempfile.mkdtemp(prefix="ev-terminal.")
        self.env = {"PATH": "/usr/bin:/bin", "HOME": self.place, "TZ": "UTC",
                    "LC_ALL": "C.UTF-8", "TERM": "xterm", "PAGER": "cat", "NO_COLOR": "1",
                    "EV_NOW": "2026-01-06T12:00:00Z", "EV_ACTOR": "tester"}

    def options(self, command):
        """Rows of --list-options: spelling, argument, choices."""
        text = subprocess.run([os.path.join(self.bin, command),
                               "--list-options"], env=self.env, check=True,
                              stdout=subprocess.PIPE).stdout.decode()
        return [(line.split("\t") + ["", ""])[:3]
                for line in text.splitlines()]

    def fresh(self):
        """A store whose log holds every hostile line that is sound."""
        store = os.path.join(self.place, "store")
        shutil.rmtree(store, ignore_errors=True)
        os.mkdir(store)
        shutil.copy(os.path.join(self.place, "sound"),
                    os.path.join(store, ".events.jsonl"))
        return store

    def run(self, argv, stdin=None, env=None, colour=False):
        self.turn += 1
        if self.turn % self.sample:
            return
        store = self.fresh()
        argv = [os.path.join(self.bin, argv[0])] + argv[1:]
        with open(stdin or "/dev/null", "rb") as source:
            got, late = run_on_terminal(argv, source,
                                        {**self.env, **(env or {})}, store)
        self.runs += 1
        # in csv and sql a text may go over several lines, in quotes
        found = offences(got, colour, not {"csv", "sql"} & {*argv})
        if not found and not late:
            return
        self.hung += late
        self.bytes += len(found)
        print("%s: %s: %s" % (" ".join(ascii(a) for a in argv[1:]),
                              os.path.basename(argv[0]),
                              "no end" if late else
                              b" ".join(sorted(set(found)))))
        if self.first:
            raise StopIteration

    def prepare(self):
        self.files = {}
        sound = []
        for name, payload in IN_JSON.items():
            self.files[name] = os.path.join(self.place, name + ".jsonl")
            lines = list(hostile_lines(payload))
            with open(self.files[name], "wb") as f:
                f.writelines(lines)
            if name not in ("raw-controls", "broken"):
                sound += lines
        with open(os.path.join(self.place, "sound"), "wb") as f:
            f.writelines(sound)
        for name, raw in RAW.items():
            path = os.path.join(self.place.encode(),
                                raw.replace(b"/", b"") + b".jsonl")
            shutil.copy(self.files["broken"], path)
            self.files["name " + name] = path

    def formats(self, command, options):
        """Every format over every file."""
        spelled = [row[0] for row in options]
        words = {w for row in options if row[0] == "-o"
                 for w in row[2].split()}
        everything = ["-n", "all"] if "-n" in spelled else []
        columns = ["--columns", COLUMNS] if "--columns" in spelled else []
        for path in self.files.values():
            self.run([command, *everything, path])
            self.run([command, "--strict", path])
            self.run([command, "--color=always", *everything, path],
                     colour=True)
            self.run([command, "-"], stdin=path)
            self.run([command, "-v", *EXTRA.get(command, []), path])
            for word in sorted(words):
                self.run([command, "-o", word, *everything, path])
                if columns:
                    self.run([command, "-o", word, *columns, *everything,
                              path])

    def values(self, command, options):
        """Hostile texts as option values, options and operands."""
        rest = EXTRA.get(command, [])
        for raw in RAW.values():
            for spelling, argument, _ in options:
                if argument and spelling not in NOT_TRIED:
                    self.run([command, spelling, raw, *rest])
            self.run([command, b"--" + raw, *rest])
            self.run([command, b"-" + raw, *rest])
            self.run([command, *rest, raw])
            self.run([command, *rest, raw + b"=x", b"x=" + raw])
            self.run([command, *rest, b"x:=" + raw])
            self.run([command, *rest, b"x=@" + raw])

    def settings(self, command):
        """Hostile texts in the environment and in files of settings."""
        rest = EXTRA.get(command, [])
        for raw in RAW.values():
            for name in ("EV_STORE", "EV_ACTOR", "EV_SESSION", "EV_LEVEL",
                         "EV_CORRELATION", "EV_CAUSED_BY", "EV_DIALECT",
                         "EV_NOW", "EV_SYNC", "TZ"):
                self.run([command, *rest], env={name: raw})
                self.run([command, "--show-config"], env={name: raw})
            home = os.path.join(self.place, "config")
            os.makedirs(os.path.join(home, "ev"), exist_ok=True)
            for text in (b"[ev]\nactor = " + raw, b"[" + raw + b"]\nx = 1\n",
                         b"actor = " + raw.replace(b"\n", b""), raw):
                with open(os.path.join(home, "ev", "config"), "wb") as f:
                    f.write(text)
                self.run([command, *rest], env={"XDG_CONFIG_HOME": home})
                self.run([command, "--show-config"],
                         env={"XDG_CONFIG_HOME": home})

    def all(self):
        self.prepare()
        for command in sorted(os.listdir(self.bin)):
            options = self.options(command)
            self.formats(command, options)
            self.values(command, options)
            self.settings(command)

    def figures(self):
        print("C21: %d runs, %d bytes outside the allowed set, %d without end"
              % (self.runs, self.bytes, self.hung))
        return 0 if self.runs and not self.bytes and not self.hung else 1


def main():
    args, sample, first = sys.argv[1:], 1, False
    while args and args[0].startswith("--"):
        if args[0] == "--first-failure":
            first = True
        elif args[0] == "--sample":
            sample = int(args.pop(1))
        args.pop(0)
    if len(args) != 1:
        sys.exit(__doc__)
    suite = Suite(args[0], sample, first)
    try:
        suite.all()
    except StopIteration:
        pass
    finally:
        shutil.rmtree(suite.place, ignore_errors=True)
    sys.exit(suite.figures())


main()
