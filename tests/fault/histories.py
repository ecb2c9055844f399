#!/usr/bin/env python3
"""Random histories of two clones that share a tracked log (7-trust, C13).

	histories.py [--histories N] [--jobs N] [--seed N] [--first-failure]
		BIN [MUTANT]

Both clones append events, seal, commit, merge, rebase, amend, switch branches
and stash, in any order; then all branches are merged and each clone has what
the other has.  Every event that was acknowledged must be in both logs, none
with an id twice, the day files must be what the log says, and after each merge
all seals must verify.  MUTANT: a directory with another ev-git.  Prints findings and
figures; 0 all is right, 1 not, 2 the test could not be made.
"""
import argparse
import collections
import glob
import json
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile

STEPS = 14


class Failed(Exception):
    """A command that must not fail did."""


class Clone:
    """One work tree and what was appended in it."""

    def __init__(self, path, name, world):
        self.path, self.name, self.world = path, name, world
        self.stashed = False

    def run(self, *args):
        """A command in the clone; its output."""
        done = subprocess.run(args, cwd=self.path, env=self.world.env,
                              stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=60)
        if done.returncode != 0:
            raise Failed("%s: %s: %s" % (self.name, " ".join(args),
                                         done.stdout.decode().strip()))
        return done.stdout.decode()

    def git(self, *args):
        """A git command in the clone."""
        return self.run("git", *args)

    def branch(self):
        """The branch that is checked out."""
        with open(os.path.join(self.path, ".git/HEAD"),
                  encoding="ascii") as head:
            return head.read().strip().removeprefix("ref: refs/heads/")

    def verify(self):
        """No seal may miss a line, after whatever merge."""
        done = subprocess.run([self.world.bin + "/ev-fsck", "--verify"],
                              cwd=self.path, env=self.world.env, timeout=60,
                              stdin=subprocess.DEVNULL, check=False,
                              stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)
        book = os.path.join(self.path, ".events/seals.log")
        sealed = os.path.exists(book) and os.path.getsize(book) > 0
        self.world.verified += sealed
        # 2: nothing is sealed
        if done.returncode != (0 if sealed else 2):
            raise Failed("%s: ev-fsck --verify: status %d: %s" % (
                self.name, done.returncode, done.stdout.decode().strip()))

    # --- the steps

    def append(self):
        """Events, acknowledged by their ids."""
        for _ in range(self.world.random.randint(1, 4)):
            self.world.number += 1
            name = "evt-%s-%d" % (self.name, self.world.number)
            self.world.clock += self.world.random.choice((0, 1, 1, 3600,
                                                          90000, -7200))
            self.run(self.world.bin + "/ev-emit", "-q", "--id", name, "--time",
                     "@%d" % self.world.clock, "step", "n=%d" %
                     self.world.number)
            self.world.events.add(name)

    def commit(self):
        """What there is, also when that is nothing; never, in the same
        second, the very commit that the other clone makes, since its event
        says on which branch that was."""
        self.git("commit", "-q", "-a", "--allow-empty", "-m", self.name)

    def settle(self):
        """A commit whose own event does not change the log again."""
        self.git("-c", "core.hooksPath=/nowhere", "commit", "-q", "-a",
                 "--allow-empty", "-m", "settled by " + self.name)

    def seal(self):
        """All days so far; the seals are committed with what they seal."""
        self.commit()
        self.run(self.world.bin + "/ev-fsck", "-q", "--seal-until", "now")
        self.git("add", ".events")
        self.settle()

    def amend(self):
        """The last commit anew, unless others have it already."""
        if self.git("rev-list", "@{upstream}..HEAD").strip():
            self.git("commit", "-q", "-a", "--amend", "--allow-empty",
                     "--no-edit")

    def merge(self):
        """What the other one pushed."""
        self.git("pull", "-q", "--no-rebase", "--no-edit", "--autostash")
        self.verify()

    def rebase(self):
        """Our commits behind those of the other one."""
        self.git("pull", "-q", "--rebase", "--autostash")
        self.verify()

    def push(self):
        """Ours, where nothing stands in the way."""
        self.git("fetch", "-q")
        if not self.git("rev-list", "HEAD..@{upstream}").strip():
            self.git("push", "-q")

    def checkout(self):
        """To the other branch; what is not committed comes along."""
        self.git("checkout", "-q", "-m",
                 "side" if self.branch() == "main" else "main")

    def stash(self):
        """Puts events aside, or fetches them back."""
        if self.stashed:
            self.settle()
            self.git("stash", "pop", "-q")
            self.stashed = False
        elif self.git("status", "--porcelain", "-uno").strip():
            self.git("stash", "-q")
            self.stashed = True

    def finish(self):
        """Everything of every branch into main, and to the other one."""
        if self.stashed:
            self.stash()
        self.commit()
        for branch in ("side", "main"):
            if self.branch() != branch:
                self.git("checkout", "-q", "-m", branch)
            self.merge()
            self.commit()
        self.git("merge", "-q", "--no-edit", "--autostash", "side")
        self.verify()
        self.commit()
        self.merge()
        self.commit()
        self.git("push", "-q", "origin", "main", "side")


ACTIONS = ("append", "append", "append", "commit", "commit", "merge",
           "rebase", "push", "push", "checkout", "stash", "amend", "seal")


class World:
    """One history."""

    def __init__(self, seed, commands, env):
        self.random = random.Random(seed)
        self.bin, self.env = commands, env
        self.verified = 0
        self.events, self.number, self.clock = set(), 0, 1767600000


def prepare(place, ev_git, commands, env):
    """A shared repository and two installed clones, to be copied."""
    def run(where, *args):
        subprocess.run(args, cwd=where, env=env, check=True,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
    base = os.path.join(place, "base")
    os.makedirs(base)
    run(base, "git", "init", "-q", "--bare", "-b", "main", "far")
    run(base, "git", "clone", "-q", "far", "one")
    one = os.path.join(base, "one")
    run(one, "git", "checkout", "-q", "-b", "main")
    run(one, ev_git, "install", "-q", "--track")
    run(one, commands + "/ev-emit", "-q", "--id", "evt-first", "first")
    run(one, "git", "add", ".events.jsonl", ".gitattributes")
    run(one, "git", "commit", "-q", "-m", "log")
    run(one, "git", "branch", "side")
    run(one, "git", "push", "-q", "-u", "origin", "main", "side")
    run(base, "git", "clone", "-q", "far", "two")
    two = os.path.join(base, "two")
    run(two, ev_git, "install", "-q")
    for clone in (one, two):
        run(clone, "git", "branch", "-q", "-f", "side", "origin/side")
        run(clone, "git", "branch", "-q", "-u", "origin/side", "side")
        run(clone, "git", "remote", "set-url", "origin", "../far")
    return base


def check(clone, world):
    """What is wrong with a clone's log."""
    clone.run(world.bin + "/ev-emit", "-q", "end")
    with open(os.path.join(clone.path, ".events.jsonl"), "rb") as log:
        lines = log.read().splitlines()
    try:
        ids = [json.loads(line)["event_id"] for line in lines if line]
    except ValueError:
        return "%s: a line is no event" % clone.name
    lost = world.events - set(ids)
    if lost:
        return "%s: lost %s" % (clone.name, " ".join(sorted(lost)))
    for name, count in collections.Counter(ids).items():
        if count > 1:
            return "%s: %d lines have the id %s" % (clone.name, count, name)
    days = []
    for path in glob.glob(os.path.join(clone.path, ".events", "20*.jsonl")):
        with open(path, "rb") as day:
            days += day.read().splitlines()
    if sorted(days) != sorted(line for line in lines if line):
        return "%s: the views are not the log" % clone.name
    return None


def history(base, place, seed, commands, env):
    """One history: its steps, its events, how often seals were verified, what
    is wrong (or None)."""
    world = World(seed, commands, env)
    here = os.path.join(place, "now")
    shutil.rmtree(here, ignore_errors=True)
    shutil.copytree(base, here, symlinks=True)
    shutil.rmtree(env["XDG_STATE_HOME"], ignore_errors=True)
    clones = [Clone(os.path.join(here, name), name, world)
              for name in ("one", "two")]
    steps = []
    try:
        for clone in clones:
            clone.append()
        for _ in range(STEPS):
            clone = world.random.choice(clones)
            action = world.random.choice(ACTIONS)
            steps.append("%s.%s" % (clone.name, action))
            getattr(clone, action)()
        for clone in clones:
            clone.finish()
        clones[0].merge()
        wrong = check(clones[0], world) or check(clones[1], world)
    except Failed as failure:
        wrong = str(failure)
    except subprocess.TimeoutExpired as late:
        wrong = "hangs: %s" % late
    if wrong is not None:
        wrong = "history %d (%s): %s" % (seed, " ".join(steps), wrong)
    return len(steps), len(world.events), world.verified, wrong


def work(options, worker):
    """The share of one process: (histories, steps, events, verified, wrong);
    None: it could not be made."""
    commands = os.path.realpath(options.bin)
    ev_git = os.path.join(os.path.realpath(options.mutant or commands),
                          "ev-git")
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    place = tempfile.mkdtemp(prefix="ev-histories.", dir=base)
    env = {key: value for key, value in os.environ.items()
           if not key.startswith(("EV_", "GIT_", "XDG_", "BD_"))}
    env.update(HOME=place, XDG_STATE_HOME=os.path.join(place, "state"),
               TZ="UTC", LC_ALL="C", EV_ACTOR="tester",
               GIT_CONFIG_NOSYSTEM="1", GIT_AUTHOR_NAME="a",
               GIT_AUTHOR_EMAIL="a@x", GIT_COMMITTER_NAME="c",
               GIT_COMMITTER_EMAIL="c@x")
    with open(os.path.join(place, ".gitconfig"), "w",
              encoding="utf-8") as config:
        config.write("[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n"
                     "[protocol \"file\"]\n\tallow = always\n"
                     "[core]\n\tfsync = none\n[init]\n\ttemplateDir =\n")
    sums = [0] * 5
    try:
        base = prepare(place, ev_git, commands, env)
        for seed in range(options.seed + worker,
                          options.seed + options.histories, options.jobs):
            *figures, finding = history(base, place, seed, commands, env)
            for i, figure in enumerate((1, *figures, finding is not None)):
                sums[i] += figure
            if finding is not None:
                print(finding)
                sys.stdout.flush()
                if options.first_failure:
                    break
    except subprocess.CalledProcessError as failure:
        print("cannot be made: %s" % failure)
        return None
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return sums


def main():
    """Runs the histories."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--histories", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first-failure", action="store_true")
    parser.add_argument("bin")
    parser.add_argument("mutant", nargs="?")
    options = parser.parse_args()
    with multiprocessing.Pool(options.jobs) as pool:
        sums = pool.starmap(work, [(options, i) for i in range(options.jobs)])
    if None in sums:
        return 2
    done, steps, events, verified, wrong = map(sum, zip(*sums))
    print("C13: %d histories, %d steps, %d events, seals verified %d times, "
          "%d histories lost events or went wrong" %
          (done, steps, events, verified, wrong))
    return 1 if wrong > 0 or events == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
