"""A disk that loses its power: what calls did to it, and what may be left.

Of each file: what was forced, and of what was written since any beginning, the
last write of it whole, in half or as zeros; or the last write and not the one
before it.  Of the names: what was forced, and any of what happened since, a
thing that needs another only with it.  Forcing a file forces its names, as the
file systems of Linux do; or not, as POSIX allows.
"""
import os
import re


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
    if b',"crc":"' not in text:
        return slot
    body = re.sub(rb'"boot":"[0-9a-f]*"', b'"boot":"00000000000000b0"',
                  text[:text.rindex(b',"crc":"')])
    line = body + b',"crc":"%08x"}' % crc32c(body)
    return line.ljust(len(slot) - 1) + b"\n"


def recorded(path):
    """The calls of the shim's recording: (name, offset, path, bytes)."""
    with open(path, "rb") as source:
        for head in source:
            name, at, size, where = head.decode().rstrip("\n").split(" ", 3)
            yield name, int(at), where, source.read(int(size))


class Content(bytes):
    """The bytes of a file, and which one it is: it may have two names."""
    file = None


class File:
    """One file: its writes in order and how many of them were forced."""

    def __init__(self, data=b""):
        self.writes = [(0, data)]
        self.forced = 1
        self.known = {}

    def states(self, holes):
        """(writes that are there, what the last ones are)."""
        found = [(self.forced, "whole")]
        for i in range(self.forced, len(self.writes)):
            found += [(i + 1, "half"), (i + 1, "zeros"), (i + 1, "whole")]
            if holes and i > self.forced:
                found.append((i + 1, "hole"))
        return found

    def content(self, state):
        """The bytes of such a state."""
        if state not in self.known:
            count, last = state
            data = bytearray()
            for i, (at, piece) in enumerate(self.writes[:count], 1):
                if piece is None:       # cut there, or made longer
                    data = data[:at].ljust(at, b"\0")
                    continue
                if i == count and last == "half":
                    piece = piece[:len(piece) // 2]
                if (i == count and last == "zeros") or \
                        (i == count - 1 and last == "hole"):
                    piece = bytes(len(piece))
                data = data.ljust(at, b"\0")
                data[at:at + len(piece)] = piece
            self.known[state] = bytes(data)
        return self.known[state]


DIRECTORY = File()


class Change:
    """What one call did to names: {path: its file, None: no such name}."""

    def __init__(self, names, old):
        self.names = names
        # the names and files that it is about; and what must be there before
        self.about = set(names) | {
            id(file) for file in list(names.values()) + list(old.values())
            if file not in (None, DIRECTORY)}
        self.needs = self.about | {os.path.dirname(path) for path in names}


class Disk:
    """What the calls so far have done."""

    def __init__(self, root, apart=False):
        """Begins with what is in a directory: all of it forced.  apart:
        forcing a file does not force its names."""
        self.root, self.apart = root, apart
        self.names = {}         # as the commands see it
        self.firm = {}          # what was forced of it
        self.changes = []       # since
        for where, dirs, files in os.walk(root):
            inside = os.path.relpath(where, root)
            for name in dirs + files:
                path = os.path.normpath(os.path.join(inside, name))
                self.names[path] = DIRECTORY
                if name in files:
                    with open(os.path.join(where, name), "rb") as source:
                        self.names[path] = File(self.disguise(
                            path, source.read()))
        self.firm = dict(self.names)

    @staticmethod
    def disguise(path, data):
        """States are of another boot."""
        if os.path.basename(path) != "state":
            return data
        return b"".join(other_boot(data[at:at + 512])
                        for at in range(0, len(data), 512))

    def change(self, names):
        """Names change."""
        old = {p: self.names[p] for p in names if p in self.names}
        self.changes.append(Change(names, old))
        self.names.update(names)
        for path in [p for p in names if names[p] is None]:
            self.names.pop(path, None)

    def force(self, wanted):
        """The changes for which wanted is true, and what they need."""
        keep, need = [], set()
        for change in reversed(self.changes):
            if wanted(change) or change.about & need:
                need |= change.needs
            else:
                keep.append(change)
        for change in self.changes:
            if change not in keep:
                self.settle(self.firm, change)
        self.changes = keep[::-1]

    @staticmethod
    def settle(names, change):
        """A change of names is made."""
        for path, file in change.names.items():
            if file is None:
                names.pop(path, None)
            else:
                names[path] = file

    def apply(self, call):
        """One call more."""
        name, at, path, data = call
        path = os.path.relpath(path, self.root)
        if path.startswith("../") or path.endswith(" (deleted)"):
            return
        file = self.names.get(path)
        if name in ("create", "truncate") and file is None:
            self.change({path: File()})
        elif name == "mkdir":
            self.change({path: DIRECTORY})
        elif name in ("write", "pwrite"):
            file.writes.append((at, self.disguise(path, data)))
        elif name in ("ftruncate", "truncate"):
            file.writes.append((at, None))
        elif name in ("fsync", "fdatasync") and file not in (None, DIRECTORY):
            file.forced = len(file.writes)
            if not self.apart:
                self.force(lambda change: id(file) in change.about)
        elif name == "fsync":
            self.force(lambda change: any(
                os.path.normpath(os.path.dirname(known) or ".") == path
                for known in change.names))
        elif name in ("rename", "link"):
            old = os.path.relpath(data.decode(), self.root)
            names = {path: self.names[old]}
            if name == "rename":
                names[old] = None
            self.change(names)
        elif name == "unlink":
            self.change({path: None})
        elif name not in ("create", "flock", "fchmod", "fallocate"):
            raise ValueError("a call that the model does not know: " + name)

    def cut(self, rng, holes):
        """One of the disks that a power cut may leave: {path: bytes}, None
        for a directory; and whether later bytes are there without earlier,
        which happens only with holes."""
        names, without = dict(self.firm), set()
        often = rng.choice((0, 0, .1, .5, 1))
        for change in self.changes:
            if change.needs & without or rng.random() < often:
                without |= change.about
            else:
                self.settle(names, change)
        left, chosen, hole = {}, {}, False
        for path, file in names.items():
            if file is DIRECTORY:
                left[path] = None
                continue
            if id(file) not in chosen:
                chosen[id(file)] = rng.choice(file.states(holes))
            left[path] = Content(file.content(chosen[id(file)]))
            left[path].file = id(file)
            hole = hole or chosen[id(file)][1] == "hole"
        return left, hole


def lay(root, left, cleared):
    """Makes such a disk in an empty directory, or in one that is to be
    cleared first."""
    if cleared:
        for where, dirs, files in os.walk(root, topdown=False):
            for name in files:
                os.unlink(os.path.join(where, name))
            for name in dirs:
                os.rmdir(os.path.join(where, name))
    made = {}
    for path in sorted(left):
        data, path = left[path], os.path.join(root, path)
        if data is None:
            os.mkdir(path)
            continue
        if made.setdefault(data.file, path) != path:
            os.link(made[data.file], path)
            continue
        with open(path, "wb") as out:
            out.write(data)
