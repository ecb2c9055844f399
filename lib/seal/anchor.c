#include "seal/anchor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "git/run.h"
#include "store/dir.h"
#include "store/part.h"

#define ANSWER_MS 10000
#define SIGN_MS 300000 /* somebody types a passphrase */
#define PREFIX "ev/seal/"
#define NAME_SIZE (sizeof(PREFIX) + EV_PART_SIZE + 24)

/* The log's path in the work tree.  0; -1: there is no repository. */
static int
path_of(const struct ev_place *place, struct ev_buf *path, struct ev_err *err)
{
	const char *const args[] = { "-C", place->dir, "rev-parse",
		"--show-prefix", NULL };

	if (ev_git_ask(args, ev_clock_mono() + ANSWER_MS, path, err) < 0)
		return -1;
	while (path->n > 0 && path->p[path->n - 1] == '\n')
		path->n--;
	ev_buf_adds(path, place->log);
	return 0;
}

/* All tags of seals: name LF message NUL, each. */
static int
list(const struct ev_place *place, struct ev_buf *tags, struct ev_err *err)
{
	const char *const args[] = { "-C", place->dir, "for-each-ref",
		"--format=%(refname:strip=2)%0a%(contents)%00",
		"refs/tags/ev/seal/", NULL };

	return ev_git_ask(args, ev_clock_mono() + ANSWER_MS, tags, err);
}

struct tag {
	struct ev_slice name, log, seal;
};

static struct ev_slice
cut(struct ev_slice *text, char end)
{
	const char *at = text->n > 0 ? memchr(text->p, end, text->n) : NULL;
	struct ev_slice part = *text;

	if (at == NULL) {
		text->n = 0;
		return part;
	}
	part.n = (size_t)(at - text->p);
	text->p += part.n + 1;
	text->n -= part.n + 1;
	return part;
}

static bool
next(struct ev_slice *tags, struct tag *tag)
{
	struct ev_slice text, line;

	while (tags->n > 0 && *tags->p == '\n')
		cut(tags, '\n');
	if (tags->n == 0)
		return false;
	text = cut(tags, '\0');
	*tag = (struct tag){ .name = cut(&text, '\n') };
	while (text.n > 0) {
		line = cut(&text, '\n');
		if (ev_slice_starts(line, "log "))
			tag->log = (struct ev_slice){ line.p + 4, line.n - 4 };
		else if (ev_slice_starts(line, "seal ") &&
		    line.n == 5 + 2 * EV_SHA256_SIZE)
			tag->seal = (struct ev_slice){ line.p + 5, line.n - 5 };
	}
	return true;
}

int
ev_anchor_check(const struct ev_place *place, struct ev_book *book,
    struct ev_findings *findings, uint64_t *n, struct ev_err *err)
{
	struct ev_buf path = EV_BUF_INIT, text = EV_BUF_INIT;
	unsigned char hash[EV_SHA256_SIZE];
	struct ev_slice tags;
	struct ev_err none;
	struct tag tag;
	char *name;
	int r = 0;

	*n = 0;
	if (path_of(place, &path, &none) == 0)
		r = list(place, &text, err);
	tags = ev_buf_slice(&text);
	while (next(&tags, &tag)) {
		if (!ev_slice_eq(tag.log, ev_buf_slice(&path)))
			continue;
		++*n;
		if (tag.seal.n > 0 &&
		    ev_unhex(tag.seal.p, sizeof(hash), hash) &&
		    ev_book_find(book, hash) != NULL)
			continue;
		name = ev_memdup(tag.name.p, tag.name.n);
		ev_finding_add(findings, EV_FINDING_PROBLEM, name, 0,
		    "ROLLED-BACK", "'%s' lacks or alters the seal of this tag",
		    book->shown);
		free(name);
	}
	ev_buf_clear(&path);
	ev_buf_clear(&text);
	return r;
}

static const struct ev_seal *
newest(const struct ev_book *book)
{
	const struct ev_seal *best = NULL, *seal;
	size_t i;
	int diff;

	for (i = 0; i < book->n; i++) {
		seal = &book->v[i];
		diff = best != NULL ? strcmp(seal->at, best->at) : 1;
		if (!seal->note &&
		    (diff > 0 || (diff == 0 && seal->line > best->line)))
			best = seal;
	}
	return best;
}

static bool
is_set(const struct ev_place *place, const char *type, const char *key)
{
	const char *const args[] = { "-C", place->dir, "config", type, "--get",
		key, NULL };
	struct ev_buf value = EV_BUF_INIT;
	struct ev_err none;
	bool is;

	is =
	    ev_git_ask(args, ev_clock_mono() + ANSWER_MS, &value, &none) == 0 &&
	    value.n > 1 && strcmp(ev_buf_str(&value), "false\n") != 0;
	ev_buf_clear(&value);
	return is;
}

/* A name that no other seal has.  1; 0 this one has one, which it is. */
static int
choose(const struct ev_place *place, const struct ev_seal *seal,
    char name[NAME_SIZE], struct ev_err *err)
{
	char date[EV_PART_SIZE], hex[EV_SHA256_HEX];
	struct ev_buf text = EV_BUF_INIT;
	struct ev_slice tags;
	unsigned number = 1;
	struct tag tag;
	bool again = true;
	int r = list(place, &text, err);

	ev_part_name(seal->day, date);
	ev_hex(seal->hash, EV_SHA256_SIZE, hex);
	snprintf(name, NAME_SIZE, PREFIX "%s", date);
	while (r == 0 && again) {
		again = false;
		tags = ev_buf_slice(&text);
		while (r == 0 && next(&tags, &tag)) {
			if (!ev_slice_is(tag.name, name))
				continue;
			again = true;
			r = ev_slice_is(tag.seal, hex) ? 1 : 0;
		}
		if (again && r == 0)
			snprintf(
			    name, NAME_SIZE, PREFIX "%s.%u", date, ++number);
	}
	ev_buf_clear(&text);
	return r < 0 ? -1 : r == 0;
}

static int
tag_it(const struct ev_place *place, const struct ev_seal *seal,
    const char *name, bool sign, struct ev_err *err)
{
	struct ev_buf path = EV_BUF_INIT, message = EV_BUF_INIT,
		      out = EV_BUF_INIT;
	char date[EV_PART_SIZE], hash[EV_SHA256_HEX], root[EV_SHA256_HEX];
	const char *args[] = { "-C", place->dir, "tag", sign ? "-s" : "-a",
		"--cleanup=verbatim", "-m", NULL, name, NULL };
	int r = path_of(place, &path, err);

	ev_part_name(seal->day, date);
	ev_hex(seal->hash, EV_SHA256_SIZE, hash);
	ev_hex(seal->root, EV_SHA256_SIZE, root);
	ev_buf_addf(&message, "seal of %s\n\nlog ", date);
	ev_buf_addslice(&message, ev_buf_slice(&path));
	ev_buf_addf(&message, "\nseal %s\nroot %s\n", hash, root);
	args[6] = ev_buf_str(&message);
	if (r == 0)
		r = ev_git_ask(args,
		    ev_clock_mono() + (sign ? SIGN_MS : ANSWER_MS), &out, err);
	ev_buf_clear(&path);
	ev_buf_clear(&message);
	ev_buf_clear(&out);
	return r;
}

static int
anchor(const struct ev_place *place, const struct ev_seal *seal,
    struct ev_findings *findings, struct ev_err *err)
{
	char name[NAME_SIZE];
	bool sign;
	int r = choose(place, seal, name, err);

	if (r < 0)
		return -1;
	if (r == 0) {
		ev_finding_add(findings, EV_FINDING_NOTE, name, 0, "ANCHORED",
		    "this tag has the newest seal already");
		return 0;
	}
	sign = is_set(place, "--includes", "user.signingkey") ||
	    is_set(place, "--bool", "tag.gpgSign");
	if (tag_it(place, seal, name, sign, err) < 0)
		return -1;
	ev_finding_add(findings, EV_FINDING_MENDED, name, 0, "ANCHORED",
	    sign ? "in a signed tag; push it: git push origin %s" :
		   "in a tag that is not signed, as git has no "
		   "user.signingkey; push it: git push origin %s",
	    name);
	return 0;
}

int
ev_anchor(
    struct ev_place *place, struct ev_findings *findings, struct ev_err *err)
{
	const struct ev_seal *seal;
	struct ev_book book;
	struct ev_dir dir;
	int r;

	if (ev_dir_open(&dir, place, err) < 0)
		return -1;
	r = ev_book_read(&book, &dir, false, err);
	ev_book_release(&book);
	if (r == 0) {
		seal = newest(&book);
		if (seal != NULL)
			r = anchor(place, seal, findings, err) < 0 ? -1 : 1;
	}
	ev_book_clear(&book);
	ev_dir_close(&dir);
	return r;
}
