#!/usr/bin/env python3
"""Random histories of two clones that share a tracked log (7-trust, C13).

	histories.py [--histories N] [--seed N] [--first-failure] EV-GIT EV-EMIT

Both clones append events, commit, merge, rebase, amend, switch branches and
stash, in any order; then all branches are merged and each clone has what the
other has.  Every event that was acknowledged must be in both logs, none with
an id twice, and the day files must be what the log says.  Prints findings and
figures; 0 all is right, 1 not, 2 the test could not be made.
"""
import argparse
import collections
import glob
import json
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
        return self.git("symbolic-ref", "--short", "HEAD").strip()

    # --- the steps

    def append(self):
        """Events, acknowledged by their ids."""
        for _ in range(self.world.random.randint(1, 4)):
            self.world.number += 1
            name = "evt-%s-%d" % (self.name, self.world.number)
            self.world.clock += self.world.random.choice((0, 1, 1, 3600,
                                                          90000, -7200))
            self.run(self.world.emit, "-q", "--id", name, "--time",
                     "@%d" % self.world.clock, "step", "n=%d" %
                     self.world.number)
            self.world.events.add(name)

    def commit(self):
        """What there is, also when that is nothing."""
        self.git("commit", "-q", "-a", "--allow-empty", "-m", "c")

    def settle(self):
        """A commit whose own event does not change the log again."""
        self.git("-c", "core.hooksPath=/nowhere", "commit", "-q", "-a",
                 "--allow-empty", "-m", "settled")

    def amend(self):
        """The last commit anew, unless others have it already."""
        if self.git("rev-list", "@{upstream}..HEAD").strip():
            self.git("commit", "-q", "-a", "--amend", "--allow-empty",
                     "--no-edit")

    def merge(self):
        """What the other one pushed."""
        self.git("pull", "-q", "--no-rebase", "--no-edit", "--autostash")

    def rebase(self):
        """Our commits behind those of the other one."""
        self.git("pull", "-q", "--rebase", "--autostash")

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
        self.commit()
        self.merge()
        self.commit()
        self.git("push", "-q", "origin", "main", "side")


ACTIONS = ("append", "append", "append", "commit", "commit", "merge",
           "rebase", "push", "push", "checkout", "stash", "amend")


class World:
    """One history."""

    def __init__(self, seed, emit, env):
        self.random = random.Random(seed)
        self.emit, self.env = emit, env
        self.events, self.number, self.clock = set(), 0, 1767600000


def prepare(place, ev_git, emit, env):
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
    run(one, emit, "-q", "--id", "evt-first", "first")
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
    clone.run(world.emit, "-q", "end")
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


def history(base, place, seed, emit, env):
    """One history: its steps, its events, what is wrong (or None)."""
    world = World(seed, emit, env)
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
    return len(steps), len(world.events), wrong


def main():
    """Runs the histories."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--histories", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first-failure", action="store_true")
    parser.add_argument("ev_git")
    parser.add_argument("ev_emit")
    options = parser.parse_args()
    ev_git = os.path.realpath(options.ev_git)
    emit = os.path.realpath(options.ev_emit)
    place = tempfile.mkdtemp(prefix="ev-histories.")
    env = {key: value for key, value in os.environ.items()
           if not key.startswith(("EV_", "GIT_", "XDG_", "BD_"))}
    env.update(HOME=place, XDG_STATE_HOME=os.path.join(place, "state"),
               TZ="UTC", LC_ALL="C", EV_ACTOR="tester",
               GIT_CONFIG_NOSYSTEM="1", GIT_AUTHOR_NAME="a",
               GIT_AUTHOR_EMAIL="a@x", GIT_COMMITTER_NAME="c",
               GIT_COMMITTER_EMAIL="c@x")
    with open(os.path.join(place, ".gitconfig"), "w",
              encoding="utf-8") as config:
        config.write("[gc]\n\tauto = 0\n[protocol \"file\"]\n"
                     "\tallow = always\n")
    steps = events = wrong = done = 0
    try:
        base = prepare(place, ev_git, emit, env)
        for seed in range(options.seed, options.seed + options.histories):
            took, made, finding = history(base, place, seed, emit, env)
            done, steps, events = done + 1, steps + took, events + made
            if finding is not None:
                wrong += 1
                print(finding)
                if options.first_failure:
                    break
    except subprocess.CalledProcessError as failure:
        print("cannot be made: %s" % failure)
        return 2
    finally:
        shutil.rmtree(place, ignore_errors=True)
    print("C13: %d histories, %d steps, %d events, %d histories lost events "
          "or went wrong" % (done, steps, events, wrong))
    return 1 if wrong > 0 or events == 0 else 0


sys.exit(main())
