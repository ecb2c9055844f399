#include "seal/make.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "seal/add.h"
#include "seal/glean.h"
#include "seal/leaves.h"
#include "seal/sheaf.h"
#include "seal/weigh.h"
#include "text/time.h"
#include "text/when.h"

#define DAY_SECONDS 86400

/* In its course. */
struct course {
	struct ev_make *make;
	struct ev_dir dir;
	struct ev_book book;
	struct ev_heaped *heap;
	struct ev_seal *plan; /* by day */
	size_t n, cap;
	size_t at;	       /* the one to be made next */
	struct ev_sheaf sheaf; /* its leaves; dir NULL: not begun */
	struct ev_buf line;    /* its own */
};

int
ev_make_day(const char *text, int32_t *day, struct ev_err *err)
{
	struct timespec now, from, to;

	if (ev_now(&now, err) < 0 ||
	    ev_when_period(text, now, true, &from, &to, err) < 0)
		return -1;
	if (to.tv_sec - from.tv_sec != DAY_SECONDS ||
	    from.tv_sec % DAY_SECONDS != 0 || from.tv_nsec != 0)
		return ev_fail(err, "'%s' is not one day", text);
	*day = ev_part_day(from);
	return *day == EV_PART_REJECTED ?
	    ev_fail(err, "'%s' is no day that a store keeps", text) :
	    0;
}

int
ev_make_until(const char *text, int32_t *day, struct ev_err *err)
{
	struct timespec now, until;

	if (ev_now(&now, err) < 0 ||
	    ev_when_parse(text, now, true, &until, err) < 0)
		return -1;
	if (ev_time_cmp(now, until) < 0)
		until = now;
	*day = until.tv_sec < 0 ? 0 : (int32_t)(until.tv_sec / DAY_SECONDS);
	return 0;
}

/* Has a seal of the day just these leaves? */
static bool
is_there(const struct ev_weigh_day *d, const unsigned char *root)
{
	size_t i;

	for (i = 0; i < d->n; i++)
		if (d->v[i].seal->n == d->all.n && d->v[i].seal->marked &&
		    memcmp(d->v[i].seal->root, root, EV_SHA256_SIZE) == 0)
			return true;
	return false;
}

static int
plan_day(void *arg, struct ev_weigh_day *d, struct ev_err *err)
{
	struct ev_sha256 *sha = ev_sha256_new();
	struct course *c = arg;
	struct ev_seal seal = {
		.day = d->day, .n = d->all.n, .bytes = d->bytes
	};
	char date[EV_PART_SIZE];

	(void)err;
	ev_merkle_root(&d->all, sha, seal.root);
	ev_sha256_free(sha);
	ev_part_name(d->day, date);
	if (d->missing > 0)
		ev_finding_add(c->make->findings, EV_FINDING_PROBLEM, date, 0,
		    "MISSING",
		    "%" PRIu64 " sealed line%s not in the log; still sealed",
		    d->missing, d->missing == 1 ? " is" : "s are");
	if (d->all.n == 0 || is_there(d, seal.root)) {
		c->make->there += d->all.n > 0;
		return 0;
	}
	if (c->n == c->cap) {
		c->cap = c->cap < 16 ? 16 : c->cap * 2;
		c->plan = ev_realloc(c->plan, c->cap, sizeof(*c->plan));
	}
	c->plan[c->n++] = seal;
	return 0;
}

/* The seal to be made next is of this day. */
static bool
is_due(const struct course *c, int32_t day)
{
	return c->at < c->n && c->plan[c->at].day == day;
}

static int
seal_leaf(void *arg, int32_t day, const unsigned char *hash, bool sealed,
    struct ev_err *err)
{
	struct course *c = arg;
	struct ev_seal *seal = &c->plan[c->at];

	if (!is_due(c, day))
		return 0;
	if (c->sheaf.dir == NULL) {
		ev_buf_reset(&c->line);
		if (ev_seal_line(&c->book, seal, NULL, &c->line, err) < 0 ||
		    ev_sheaf_begin(&c->sheaf, &c->dir, day, err) < 0)
			return -1;
	}
	if (!sealed)
		ev_sheaf_add(&c->sheaf, seal, hash);
	return 0;
}

static int
seal_day(void *arg, struct ev_weigh_day *d, struct ev_err *err)
{
	struct course *c = arg;
	const struct ev_seal *seal = &c->plan[c->at];
	char date[EV_PART_SIZE];
	int r;

	if (!is_due(c, d->day))
		return 0;
	r = ev_sheaf_end(&c->sheaf, seal, err);
	if (r < 0 ||
	    ev_seal_append(&c->book, &c->dir, seal, &c->line, err) < 0 ||
	    ev_leaves_settle(&c->dir, d->day, err) < 0)
		return -1;
	ev_part_name(d->day, date);
	ev_finding_add(c->make->findings, EV_FINDING_MENDED, date, 0, "SEALED",
	    "%" PRIu64 " line%s, %" PRIu64 " bytes", seal->n,
	    seal->n == 1 ? "" : "s", seal->bytes);
	c->make->made++;
	c->at++;
	return 0;
}

/* Once over all to know the roots, once more to write what they are of. */
static int
seal_days(struct course *c, struct ev_err *err)
{
	struct ev_weigh weigh = { .heap = c->heap,
		.book = &c->book,
		.from = c->make->from,
		.to = c->make->to,
		.sha = ev_sha256_new(),
		.arg = c,
		.day = plan_day };
	int r = ev_weigh(&weigh, err);

	if (r == 0 && c->n > 0) {
		weigh.leaf = seal_leaf;
		weigh.day = seal_day;
		r = ev_weigh(&weigh, err);
		if (c->sheaf.dir != NULL)
			ev_sheaf_drop(&c->sheaf);
	}
	ev_sha256_free(weigh.sha);
	return r;
}

static int
run(struct course *c, struct ev_err *err)
{
	const struct ev_make *make = c->make;
	struct ev_leaves leaves = { &c->book, &c->dir, c->heap, make->from,
		make->to, make->findings };

	if (make->place->unsure)
		return ev_fail(
		    err, "'%s': its dialects are wrong", make->place->shown);
	if (ev_dir_make(&c->dir, err) < 0 ||
	    ev_book_read(&c->book, &c->dir, true, err) < 0 ||
	    ev_leaves_recover(&leaves, err) < 0 ||
	    ev_leaves_read(&leaves, err) < 0 ||
	    ev_glean(
		c->heap, &c->dir, make->from, make->to, make->threads, err) < 0)
		return -1;
	return seal_days(c, err);
}

int
ev_make(struct ev_make *make, struct ev_err *err)
{
	struct course c = { .make = make, .book = { .fd = -1 } };
	int r = ev_dir_open(&c.dir, make->place, err);

	if (r < 0)
		return -1;
	c.heap = ev_heaped_new();
	r = run(&c, err);
	ev_heaped_free(c.heap);
	ev_book_clear(&c.book);
	ev_buf_clear(&c.line);
	free(c.plan);
	ev_dir_close(&c.dir);
	return r;
}

static bool
is_noted(const struct ev_seal *v, size_t n, const unsigned char *leaf)
{
	size_t i, seals = 0;

	for (i = 0; i < n; i++) {
		seals += !v[i].note;
		if (v[i].note && memcmp(v[i].root, leaf, EV_SHA256_SIZE) == 0)
			return true;
	}
	return seals == 0;
}

int
ev_make_note(const struct ev_dir *dir, int32_t day,
    const unsigned char leaf[EV_SHA256_SIZE], const char *reason,
    struct ev_err *err)
{
	struct ev_seal note = { .day = day, .note = true };
	struct ev_buf line = EV_BUF_INIT;
	const struct ev_seal *v;
	struct ev_book book;
	struct stat st;
	size_t n;
	int r = 0;

	if (dir->priv < 0 ||
	    (fstatat(dir->priv, "seals.log", &st, AT_SYMLINK_NOFOLLOW) < 0 &&
		errno == ENOENT))
		return 0;
	memcpy(note.root, leaf, EV_SHA256_SIZE);
	if (ev_book_read(&book, dir, true, err) < 0) {
		ev_book_clear(&book);
		return -1;
	}
	v = ev_book_day(&book, day, &n);
	if (!is_noted(v, n, leaf)) {
		r = ev_seal_line(&book, &note, reason, &line, err);
		if (r == 0)
			r = ev_seal_append(&book, dir, &note, &line, err);
	}
	ev_buf_clear(&line);
	ev_book_clear(&book);
	return r;
}
