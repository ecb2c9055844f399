"""mix.py FILE: its lines in pieces of about 64 KiB, the pieces in an order that
is the same every time and far from their own."""
import random
import sys

with open(sys.argv[1], "rb") as log:
    pieces, at, lines = [], 0, log.readlines(1 << 16)
    while lines:
        size = sum(map(len, lines))
        pieces.append((at, size))
        at += size
        lines = log.readlines(1 << 16)
    random.Random(1).shuffle(pieces)
    for at, size in pieces:
        log.seek(at)
        sys.stdout.buffer.write(log.read(size))
