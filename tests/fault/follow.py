#!/usr/bin/env python3
"""follow: C10, readers of a log that are killed and stopped while it grows, is
rotated, replaced and cut off, and whose consumers die.

    follow.py [--rounds N] [--first-failure] [--scene NAME] [--tools DIR]
        BIN [SHIM]

BIN has ev-tail, DIR (BIN) the commands beside it; SHIM is the library that kills
it at a call (without it those scenes are left out).  For each scene the figures: rounds, events lost, events
repeated.  Lost must be 0; repeated only in the scenes that kill (at least
once).  Status 1 when not.
"""
import argparse
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

LIMIT = 20  # seconds that anything may take


class Failure(Exception):
    pass


def wait_until(true, what):
    end = time.monotonic() + LIMIT
    while not true():
        if time.monotonic() > end:
            raise Failure("waited in vain: " + what)
        time.sleep(0.001)


class Log:
    """A log that is written and replaced as a store's log may be."""

    def __init__(self, path):
        self.path = path
        self.lines = []  # of the present version
        self.ids = []    # of all events ever
        open(path, "w").close()

    def new(self, size=0, day=6):
        name = "e%d" % len(self.ids)
        self.ids.append(name)
        event = {"event_id": name, "event_type": "x", "pad": "p" * size,
                 "timestamp": "2026-01-%02dT10:00:00Z" % day}
        return json.dumps(event, separators=(",", ":")) + "\n"

    def append(self, count=1, size=0):
        self.put([self.new(size) for _ in range(count)])

    def put(self, new):
        self.lines += new
        with open(self.path, "a") as f:
            f.write("".join(new))

    # each leaves all lines there are, and adds one

    def rename(self):
        self.lines.append(self.new())
        with open(self.path + ".new", "w") as f:
            f.write("".join(self.lines))
        os.rename(self.path + ".new", self.path)

    def insert(self):
        self.lines.insert(len(self.lines) // 2, self.new())
        with open(self.path + ".new", "w") as f:
            f.write("".join(self.lines))
        os.rename(self.path + ".new", self.path)

    def unlink(self):
        """As git checkout: gone, then made anew piece by piece."""
        self.lines.append(self.new())
        os.unlink(self.path)
        with open(self.path, "w") as f:
            for line in self.lines:
                f.write(line)
                f.flush()

    def copy_away(self):
        """A copy takes its place, written from the old one."""
        with open(self.path + ".new", "w") as f, open(self.path) as old:
            f.write(old.read())
        os.rename(self.path + ".new", self.path)
        self.append()

    def rotate(self):
        """Moved away, still written for a moment; a new one has its name."""
        old = self.path + ".1"
        os.rename(self.path, old)
        with open(old, "a") as f:
            f.write(self.new())
        self.lines = [self.new()]
        with open(self.path, "w") as f:
            f.write("".join(self.lines))

    def cut(self):
        """Cut off and begun again, in place."""
        self.lines = [self.new()]
        with open(self.path, "w") as f:
            f.write("".join(self.lines))


class Scene:
    def __init__(self, options, name):
        self.bin = options.bin
        self.tools = options.tools or options.bin
        self.shim = options.shim
        self.rounds = options.rounds
        self.dir = os.path.join(options.work, name)
        os.mkdir(self.dir)
        self.log = Log(os.path.join(self.dir, ".events.jsonl"))
        self.got = []
        self.outs = 0

    def start(self, *args, fault=None, before=(), **kw):
        env = {"PATH": "/usr/bin:/bin", "HOME": self.dir, "TZ": "UTC",
               "LC_ALL": "C", "EV_STORE": self.log.path}
        if fault:
            env["LD_PRELOAD"] = self.shim
            env["EV_FAULT"] = fault
        self.outs += 1
        self.out = os.path.join(self.dir, "out%d" % self.outs)
        with open(self.out, "w") as out, open(self.dir + "/err", "w") as err:
            kw.setdefault("stdout", out)
            return subprocess.Popen(
                [*before, self.bin + "/ev-tail", "-o", "id", *args],
                env=env, cwd=self.dir, stderr=err, **kw)

    def printed(self):
        """The whole lines of the present reader."""
        with open(self.out) as f:
            return f.read().split("\n")[:-1]

    def end(self, reader):
        if reader.poll() is None:
            reader.kill()
        reader.wait()
        self.got += self.printed()

    def rest(self, *args):
        """What an undisturbed reader still gives."""
        reader = self.start("--cursor", "w", *args)
        if reader.wait(LIMIT) not in (0, 1):
            raise Failure(open(self.dir + "/err").read())
        self.got += self.printed()

    def lost(self):
        return [i for i in self.log.ids if i not in set(self.got)]

    def repeated(self):
        return len(self.got) - len(set(self.got))

    def must_not_repeat(self):
        if self.repeated():
            raise Failure("%d repeated" % self.repeated())

    def idle(self, reader):
        """Reads what there is: all of it printed, or dead."""
        want = set(self.log.ids)

        def done():
            return reader.poll() is not None or \
                want <= set(self.got) | set(self.printed())
        wait_until(done, "for %s" % sorted(want - set(self.got) -
                                           set(self.printed()))[:5])


def followed(scene, changes, between=lambda reader: None, **kw):
    """One follower, stopped while the log is changed, one way after another:
    every event once."""
    scene.log.append(3)
    reader = scene.start("-f", "-n", "all", **kw)
    try:
        scene.idle(reader)
        for i in range(scene.rounds):
            change = changes[i % len(changes)]
            # what is cut off before it was read is lost to everybody
            if i // len(changes) % 2 == 0 and change != "cut":
                reader.send_signal(signal.SIGSTOP)
            scene.log.append(2)
            if change == "cut":
                scene.idle(reader)
            getattr(scene.log, change)()
            between(reader)
            scene.log.append(1)
            reader.send_signal(signal.SIGCONT)
            scene.idle(reader)
            if reader.poll() is not None:
                raise Failure("it ended: " + open(scene.dir + "/err").read())
    finally:
        scene.end(reader)
    scene.must_not_repeat()
    return scene.rounds


REPLACED = ("rename", "insert", "unlink", "copy_away")
# what is put before a cursor while nobody reads is not seen
BEHIND = ("rename", "unlink", "copy_away")


def stopped(scene):
    return followed(scene, REPLACED + ("rotate", "cut"))


def no_inotify():
    """What starts a command without it; None: not to be had."""
    before = ("unshare", "-Ur", "sh", "-c",
              "echo 0 >/proc/sys/user/max_inotify_instances && exec \"$@\"",
              "sh")
    if subprocess.run([*before, "true"], stderr=subprocess.DEVNULL).returncode:
        return None
    return before


def polled(scene):
    """Where inotify cannot be had."""
    before = no_inotify()
    if before is None:
        return "no user namespace"
    scene.rounds = min(scene.rounds, 12)
    return followed(scene, REPLACED + ("rotate", "cut"), before=before)


def queue_length():
    """How many events the kernel keeps; None: too many to try."""
    with open("/proc/sys/fs/inotify/max_queued_events") as f:
        most = int(f.read())
    return most if most <= 100000 else None


def fill(scene, most):
    for i in range(most // 2 + 10):
        name = "%s/x%d" % (scene.dir, i % 2)
        os.close(os.open(name, os.O_CREAT | os.O_WRONLY))
        os.unlink(name)


def overflowed(scene):
    """More happens in the directory than the kernel keeps for the reader."""
    most = queue_length()
    if most is None:
        return "the queue is too long to fill"
    scene.rounds = min(scene.rounds, 50) // 10 + 1
    return followed(scene, REPLACED, between=lambda _: fill(scene, most))


UPKEEP = (("--compress", "1d"), ("--rebuild",), ("--redact",),
          ("--keep", "1d"), ("--repair",))


def fsck(scene, *args, fine=(0,)):
    env = {"PATH": "/usr/bin:/bin", "HOME": scene.dir, "TZ": "UTC",
           "LC_ALL": "C", "EV_NOW": "2026-01-08T10:00:00Z"}
    run = subprocess.run([scene.tools + "/ev-fsck", "-q", *args,
                          scene.log.path], env=env, timeout=LIMIT,
                         stdout=subprocess.DEVNULL)
    if run.returncode not in fine:
        raise Failure("ev-fsck %s: status %d" % (args, run.returncode))


def upkept(scene):
    """ev-fsck does all that it can do with the store that is followed."""
    turn = [0]

    def upkeep(reader):
        mode = UPKEEP[turn[0] % len(UPKEEP)]
        turn[0] += 1
        if mode == ("--redact",):
            # the last event, and one that was read long ago
            scene.log.append(1, 100)
            mode = ("--redact", scene.log.ids[-1])
            fsck(scene, "--redact", scene.log.ids[0])
        fsck(scene, *mode)
    scene.log.append(1, 100)
    return followed(scene, ("append",), between=upkeep)


def segment(scene):
    """The log is rotated, so that it begins anew behind a segment."""
    fsck(scene, "--rotate", "1")


TURNS = (("--compress", "1d"), ("--keep-size", "1"), ("--rebuild",))


def turned(scene):
    """Rotations, up to three while the reader is stopped, with all the other
    upkeep beside them."""
    turn = [0]

    def rotate(reader):
        turn[0] += 1
        for i in range(turn[0] % 3):
            segment(scene)
            scene.log.append(1 + i)
        fsck(scene, *TURNS[turn[0] % len(TURNS)])
        segment(scene)
    return followed(scene, ("append",), between=rotate)


def turned_polled(scene):
    """The same where inotify cannot be had."""
    before = no_inotify()
    if before is None:
        return "no user namespace"
    scene.rounds = min(scene.rounds, 12)
    return followed(scene, ("append",), between=lambda _: segment(scene),
                    before=before)


def turned_overflowed(scene):
    """The same when more happened than the kernel keeps for the reader."""
    most = queue_length()
    if most is None:
        return "the queue is too long to fill"

    def rotate(reader):
        segment(scene)
        scene.log.append(1)
        fill(scene, most)
        segment(scene)
    scene.rounds = min(scene.rounds, 50) // 10 + 1
    return followed(scene, ("append",), between=rotate)


def held_open(scene):
    """A writer without the lock had the file open over a rotation."""
    scene.log.append(3)
    reader = scene.start("-f", "-n", "all")
    try:
        for i in range(scene.rounds):
            if i % 2:
                scene.idle(reader)
                reader.send_signal(signal.SIGSTOP)
            with open(scene.log.path, "a") as old:
                segment(scene)
                old.write(scene.log.new())
            scene.log.append(1)
            fsck(scene, "--repair")
            reader.send_signal(signal.SIGCONT)
            scene.idle(reader)
    finally:
        scene.end(reader)
    scene.must_not_repeat()
    return scene.rounds


def gone(scene):
    """Segments that were read are removed under a stopped reader: what is left
    comes once, what he did not see is told."""
    scene.log.append(3)
    reader = scene.start("-f", "-n", "all")
    try:
        for i in range(scene.rounds):
            scene.idle(reader)
            if i % 2:
                reader.send_signal(signal.SIGSTOP)
            segment(scene)
            for name in os.listdir(scene.dir):
                if name.startswith(".events."):
                    if name != ".events.jsonl":
                        os.unlink(os.path.join(scene.dir, name))
            scene.log.append(2)
            reader.send_signal(signal.SIGCONT)
        scene.idle(reader)
    finally:
        scene.end(reader)
    scene.must_not_repeat()
    return scene.rounds


def write_on(scene, who, over, failures):
    """One of many writers that take the lock."""
    env = {"PATH": "/usr/bin:/bin", "HOME": scene.dir, "TZ": "UTC",
           "LC_ALL": "C", "EV_STORE": scene.log.path}
    for i in itertools.count():
        if over.is_set():
            return
        name = "w%d-%d" % (who, i)
        args = [scene.tools + "/ev-emit", "-q", "--id", name, "x"]
        if subprocess.run(args, env=env, cwd=scene.dir).returncode:
            failures.append(name)
        scene.log.ids.append(name)


def busy(scene):
    """Four writers while the log is rotated, compressed and its feed begun
    anew: one follower is stopped now and then, another one, which has a
    cursor, killed."""
    failures, over, rounds = [], threading.Event(), scene.rounds // 2 + 1
    steady = scene.start("-f", "-n", "all", "-q")
    out = scene.out
    writers = [threading.Thread(target=write_on,
                                args=(scene, n, over, failures))
               for n in range(4)]
    for writer in writers:
        writer.start()
    reader = scene.start("-f", "--cursor", "w")
    try:
        for i in range(rounds):
            steady.send_signal(signal.SIGSTOP)
            segment(scene)
            # 1: what the cursor has still to read was kept
            fsck(scene, *TURNS[i % len(TURNS)], fine=(0, 1))
            segment(scene)
            scene.end(reader)
            steady.send_signal(signal.SIGCONT)
            reader = scene.start("-f", "--cursor", "w")
        over.set()
        for writer in writers:
            writer.join()
        scene.idle(reader)
    finally:
        over.set()
        scene.end(reader)
        steady.send_signal(signal.SIGCONT)
        resumed, scene.got, scene.out = scene.got, [], out
        try:
            scene.idle(steady)
        finally:
            scene.end(steady)
    if failures:
        raise Failure("not written: %s" % failures[:5])
    scene.must_not_repeat()
    scene.got = resumed
    return rounds


def feeds_missed(scene):
    """The feed is followed, which is begun anew several times while its reader
    is stopped."""
    scene.log.append(3)
    fsck(scene, "--rebuild")
    reader = scene.start("-f", "-n", "all", scene.dir + "/.events/feed.jsonl")
    try:
        for i in range(scene.rounds):
            scene.idle(reader)
            reader.send_signal(signal.SIGSTOP)
            for _ in range(1 + i % 3):
                # old enough to begin anew, new enough to stay
                scene.log.put([scene.log.new(), scene.log.new(day=8)])
                fsck(scene, "--rebuild")
                fsck(scene, "--keep", "1d")
            scene.log.append(1)
            fsck(scene, "--rebuild")
            reader.send_signal(signal.SIGCONT)
        scene.idle(reader)
    finally:
        scene.end(reader)
    scene.must_not_repeat()
    return scene.rounds


def feeds(scene):
    """The feed is followed, which is begun anew again and again."""
    scene.log.append(3)
    fsck(scene, "--rebuild")
    reader = scene.start("-f", "-n", "all", scene.dir + "/.events/feed.jsonl")
    try:
        for _ in range(scene.rounds):
            scene.idle(reader)
            scene.log.append(2)
            fsck(scene, "--keep-size", "1")
            scene.log.append(1)
            fsck(scene, "--rebuild")
        scene.idle(reader)
    finally:
        scene.end(reader)
    scene.must_not_repeat()
    return scene.rounds


def halves(scene):
    """A line comes in two pieces, and the reader looks in between: it printed
    what was written to a second log after the first piece."""
    other = Log(scene.dir + "/other.jsonl")
    reader = scene.start("-f", "-n", "all", scene.log.path, other.path)

    def looked():
        other.append()
        wait_until(lambda: reader.poll() is not None or
                   other.ids[-1] in scene.printed(), "for the second log")
    try:
        for i in range(scene.rounds):
            line = '{"event_id":"half%d","event_type":"x",' \
                '"timestamp":"2026-01-06T10:00:00Z"}\n' % i
            cut = 1 + i * 7 % (len(line) - 1)
            scene.log.ids.append("half%d" % i)
            with open(scene.log.path, "a") as f:
                os.write(f.fileno(), line[:cut].encode())
                looked()
                os.write(f.fileno(), line[cut:].encode())
            looked()
    finally:
        scene.end(reader)
    scene.must_not_repeat()
    return scene.rounds


def killed(scene, change=lambda scene, n: getattr(
        scene.log, BEHIND[n % 3])()):
    """One-shot readers, killed before and after each call and inside writes;
    each time the log has grown or is another version."""
    if not scene.shim:
        return "no library to kill with"
    points = 0
    for how in ("before %d", "after %d", "byte %d 3", "byte %d 700"):
        call = 1
        while True:
            scene.log.append(200, 400)
            if call % 3 == 0:
                change(scene, call // 3)
            reader = scene.start("--cursor", "w", fault=how % call)
            status = reader.wait(LIMIT)
            scene.end(reader)
            points += status == -signal.SIGKILL
            if status != -signal.SIGKILL and call > 12:
                break
            call += 1
        scene.rest()
    if points < 8:
        raise Failure("only %d were killed" % points)
    return points


def killed_turned(scene):
    """The same while the log is rotated."""
    return killed(scene, lambda scene, _: segment(scene))


def created(scene):
    """The first run of a cursor, killed where its directories and its file are
    made and written: what it did not give comes."""
    if not scene.shim:
        return "no library to kill with"
    scene.log.append(5)
    points = 0
    for how in ("before %d", "after %d", "byte %d 3", "byte %d 700"):
        for call in range(1, 13):
            shutil.rmtree(scene.dir + "/.events", ignore_errors=True)
            scene.got = []
            reader = scene.start("--cursor", "w", fault=how % call)
            points += reader.wait(LIMIT) == -signal.SIGKILL
            scene.end(reader)
            scene.rest()
            if scene.lost():
                return points
    if points < 10:
        raise Failure("only %d were killed" % points)
    return points


def killed_following(scene):
    """Followers, killed before and after each call while the log is replaced
    under them."""
    if not scene.shim:
        return "no library to kill with"
    points = 0
    for how in ("before %d", "after %d"):
        for call in range(1, scene.rounds + 1):
            reader = scene.start("-f", "--cursor", "w", fault=how % call)
            try:
                for i in range(3):
                    scene.log.append(2)
                    getattr(scene.log, BEHIND[(call + i) % 3])()
                    scene.idle(reader)
                points += reader.poll() is not None
            finally:
                scene.end(reader)
    scene.rest()
    if points < 10:
        raise Failure("only %d were killed" % points)
    return points


CONSUMER = """
import os, sys
out = open(sys.argv[1], "a")
for n, line in enumerate(sys.stdin, 1):
    out.write(line)
    out.flush()
    if n == int(sys.argv[2]):
        os._exit(1)
"""


def consumed(scene):
    """A consumer that works off N lines of what it took and dies, again and
    again until all is read."""
    handled = scene.dir + "/handled"
    runs = 0
    for n in range(1, 8 + scene.rounds):
        scene.log.append(30, 100)
        status = 1
        while status != 0:
            reader = scene.start("-o", "jsonl", "--cursor", "w",
                                 stdout=subprocess.PIPE)
            eater = subprocess.Popen(
                [sys.executable, "-SE", "-c", CONSUMER, handled, str(n)],
                stdin=reader.stdout)
            reader.stdout.close()
            # one that never comes to the end of a step does not get on
            status = eater.wait(LIMIT) if n > 40 else 0
            eater.wait(LIMIT)
            reader.wait(LIMIT)
            runs += 1
    with open(handled) as f:
        scene.got = [json.loads(line)["event_id"] for line in f]
    scene.rest()
    return runs


def delivered(scene):
    """A command that fails every other time, after it took what it got."""
    scene.log.append(100)
    command = "cat >>taken; n=$(cat n 2>/dev/null); " \
        "echo $((n + 1)) >n; exit $(((n + 1) % 2))"
    reader = scene.start("-q", "--cursor", "w", "--deliver", command,
                         "--batch", "9", stdout=subprocess.DEVNULL)
    status = reader.wait(LIMIT)
    if status != 0:
        raise Failure("status %d" % status)
    with open(scene.dir + "/taken") as f:
        scene.got = f.read().split("\n")[:-1]
    scene.rest()
    return len(scene.got)


SCENES = [stopped, overflowed, polled, upkept, turned, turned_overflowed,
          turned_polled, held_open, gone, busy, feeds,
          feeds_missed, halves, killed,
          killed_turned, created, killed_following, consumed, delivered]


def play(scene_of, options):
    scene = Scene(options, scene_of.__name__)
    try:
        rounds = scene_of(scene)
        failure = None
    except (Failure, subprocess.TimeoutExpired) as e:
        rounds, failure = 0, str(e)
    if isinstance(rounds, str):
        print("%-17s skipped: %s" % (scene_of.__name__, rounds))
        return True
    lost = scene.lost()
    print("%-17s rounds %d lost %d repeated %d" %
          (scene_of.__name__, rounds, len(lost), scene.repeated()))
    if failure or lost:
        print("%s: %s %s" % (scene_of.__name__, failure or "lost",
                             lost[:5]))
        return False
    return True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--first-failure", action="store_true")
    parser.add_argument("--scene")
    parser.add_argument("--tools", type=os.path.abspath)
    parser.add_argument("bin", type=os.path.abspath)
    parser.add_argument("shim", nargs="?", type=os.path.abspath)
    options = parser.parse_args()
    right = True
    with tempfile.TemporaryDirectory() as options.work:
        for scene_of in SCENES:
            if options.scene in (None, scene_of.__name__):
                right &= play(scene_of, options)
            if not right and options.first_failure:
                break
    sys.exit(not right)


main()
