"""GOVERN build events at random: JSON lines, or rows for COPY.

events.py SEED N FORM NOW: FORM is jsonl or copy, NOW seconds since 1970.
Qualities have up to three decimals, as quality NUMERIC(4,3) stores them, or
(SEED odd) as many as a double has.
"""
import datetime
import json
import random
import sys

seed, count, form, now = sys.argv[1:]
rng = random.Random(int(seed))
now = datetime.datetime.fromtimestamp(int(now), datetime.timezone.utc)
types = ["commit"] * 4 + ["deploy", "error", "deliberation", "test", "qa"]
archetypes = ["jarvis", "meridian", "a b", "Äther", "-x", "=1", "{q}", 'q"r', "", "b,c"]
skills = ["s%d" % i for i in range(30)] + ["NULL", "null", "ü", "back\\slash"]


def moment():
    edge = datetime.timedelta(days=rng.choice([7, 14, 30]))
    back = rng.choice([
        edge,
        edge - datetime.timedelta(milliseconds=1),
        edge + datetime.timedelta(milliseconds=1),
        datetime.timedelta(milliseconds=rng.randrange(1, 32 * 86400000)),
        datetime.timedelta(milliseconds=rng.randrange(1, 3 * 86400000)),
    ])
    return now - back


def quality():
    if rng.random() < 0.2:
        return None
    number = rng.choice([0, 1, 0.5, rng.random(), rng.random(), rng.random()])
    return number if int(seed) % 2 else round(number, 3)


def array(items):
    quote = lambda s: '"' + s.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "{" + ",".join(quote(s) for s in items) + "}"


def cell(value):
    if value is None:
        return "\\N"
    return str(value).replace("\\", "\\\\")


for n in range(int(count)):
    time = moment().isoformat(timespec="milliseconds").replace("+00:00", "Z")
    row = {
        "id": "00000000-0000-4000-8000-%012d" % n,
        "type": rng.choice(types),
        "archetypeIds": rng.choices(archetypes, k=rng.randrange(4)),
        "skillsExercised": rng.choices(skills, k=rng.randrange(4)),
        "description": "d",
        "quality": quality(),
        "userId": "u",
        "createdAt": time,
    }
    if form == "jsonl":
        print(json.dumps(row, ensure_ascii=rng.random() < 0.5))
    else:
        rng.random()
        print("\t".join(cell(v) for v in [
            row["type"], array(row["archetypeIds"]),
            array(row["skillsExercised"]), row["quality"], time]))
