#include "seal/verify.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "seal/anchor.h"
#include "seal/glean.h"
#include "seal/leaves.h"
#include "seal/weigh.h"

/* A line that came after the seal of its day. */
struct added {
	uint64_t at; /* its offset, then its number */
	int32_t day;
	bool edited; /* one sealed line of the day is missing */
};

struct course {
	struct ev_verify *verify;
	struct ev_dir dir;
	struct ev_book book;
	struct ev_heaped *heap;
	struct ev_weigh weigh;
	struct added *added;
	size_t n, cap;
};

#define S(n) ((n) == 1 ? "" : "s")

/* Is the log just what the seal, or one that is over it, says? */
static bool
is_log(
    struct course *c, const struct ev_weigh_day *d, const struct ev_seal *seal)
{
	unsigned char root[EV_SHA256_SIZE];
	size_t i;

	ev_merkle_root(&d->log, c->weigh.sha, root);
	for (i = 0; i < d->n; i++)
		if (memcmp(root, d->v[i].seal->root, sizeof(root)) == 0 &&
		    ev_weigh_over(d, &d->v[i], seal))
			return true;
	return false;
}

/* A seal whose leaves nobody kept. */
static void
tell_lost(struct course *c, struct ev_weigh_day *d, const struct ev_seal *seal,
    const char *date)
{
	struct ev_findings *findings = c->verify->findings;
	char *shown;

	if (is_log(c, d, seal)) {
		d->lost = true;
		return;
	}
	shown = ev_leaves_shown(&c->dir, d->day);
	if (d->log.n < seal->n) {
		ev_finding_add(findings, EV_FINDING_PROBLEM, date, 0, "MISSING",
		    "%" PRIu64 " of %" PRIu64
		    " leaves at least; '%s', which would tell them, lacks them",
		    seal->n - d->log.n, seal->n, shown);
	} else {
		c->verify->unsure = true;
		ev_finding_add(findings, EV_FINDING_NOTE, date, 0, "UNKNOWN",
		    "the log is not what was sealed at %s, and '%s' lacks the "
		    "leaves that would tell why",
		    seal->at, shown);
	}
	free(shown);
}

/* Does the day hold what the seal says it does?  A problem when not. */
static void
check_seal(struct course *c, struct ev_weigh_day *d, const struct ev_weighed *w,
    const char *date)
{
	unsigned char root[EV_SHA256_SIZE];
	char *shown;

	ev_merkle_root(&w->tree, c->weigh.sha, root);
	if (memcmp(root, w->seal->root, sizeof(root)) == 0 &&
	    w->tree.n == w->seal->n)
		return;
	if (!w->seal->marked) {
		tell_lost(c, d, w->seal, date);
		return;
	}
	shown = ev_leaves_shown(&c->dir, d->day);
	ev_finding_add(c->verify->findings, EV_FINDING_PROBLEM, shown, 0,
	    "ALTERED", "its leaves are not those of the seal of %s",
	    w->seal->at);
	free(shown);
}

static void
tell_missing(struct course *c, const struct ev_weigh_day *d, const char *date)
{
	char hex[EV_SHA256_HEX];
	struct ev_buf names = EV_BUF_INIT;
	size_t i;

	for (i = 0; i < d->missing && i < EV_WEIGH_MISSING; i++) {
		ev_hex(d->gone[i], EV_SHA256_SIZE, hex);
		ev_buf_addf(&names, " %s", hex);
	}
	if (d->missing > i)
		ev_buf_adds(&names, " ...");
	ev_finding_add(c->verify->findings, EV_FINDING_PROBLEM, date, 0,
	    "MISSING", "%" PRIu64 " lea%s:%s", d->missing,
	    d->missing == 1 ? "f" : "ves", ev_buf_str(&names));
	ev_buf_clear(&names);
}

static void
tell_strange(struct course *c, const struct ev_weigh_day *d)
{
	char *shown = ev_leaves_shown(&c->dir, d->day);

	ev_finding_add(c->verify->findings, EV_FINDING_PROBLEM, shown, 0,
	    "ROLLED-BACK", "%" PRIu64 " lea%s of no seal in '%s'", d->strange,
	    d->strange == 1 ? "f is" : "ves are", c->book.shown);
	free(shown);
}

static void
keep_added(struct course *c, const struct ev_weigh_day *d)
{
	size_t i, n;

	n = d->added < EV_WEIGH_ADDED ? (size_t)d->added : EV_WEIGH_ADDED;
	if (c->n + n > c->cap) {
		c->cap = (c->n + n) * 2;
		c->added = ev_realloc(c->added, c->cap, sizeof(*c->added));
	}
	for (i = 0; i < n; i++)
		c->added[c->n++] = (struct added){ d->where[i], d->day,
			d->missing == 1 && d->added == 1 };
}

/* The last seal of the day by time. */
static const struct ev_seal *
last_of(const struct ev_weigh_day *d)
{
	const struct ev_seal *last = d->v[0].seal;
	size_t i;

	for (i = 1; i < d->n; i++)
		if (strcmp(d->v[i].seal->at, last->at) >= 0)
			last = d->v[i].seal;
	return last;
}

static void
tell_good(struct course *c, const struct ev_weigh_day *d, const char *date)
{
	struct ev_buf more = EV_BUF_INIT;
	uint64_t sealed;

	if (d->n == 0) {
		ev_finding_add(c->verify->findings, EV_FINDING_NOTE, date, 0,
		    "UNSEALED", "%" PRIu64 " line%s", d->log.n, S(d->log.n));
		return;
	}
	sealed = d->all.n - (d->lost ? 0 : d->added);
	if (d->dropped > 0)
		ev_buf_addf(&more, ", %" PRIu64 " of them dropped on purpose",
		    d->dropped);
	if (d->lost)
		ev_buf_adds(&more, "; its leaves are lost: seal it again");
	else if (d->added > 0)
		ev_buf_addf(&more, ", %" PRIu64 " added since", d->added);
	ev_finding_add(c->verify->findings, EV_FINDING_NOTE, date, 0, "OK",
	    "%" PRIu64 " line%s sealed at %s%s", sealed, S(sealed),
	    last_of(d)->at, ev_buf_str(&more));
	ev_buf_clear(&more);
}

static int
check_day(void *arg, struct ev_weigh_day *d, struct ev_err *err)
{
	struct course *c = arg;
	uint64_t before = c->verify->findings->problems;
	bool unsure = c->verify->unsure;
	char date[EV_PART_SIZE];
	size_t i;

	(void)err;
	ev_part_name(d->day, date);
	c->verify->unsure = false;
	if (d->strange > 0)
		tell_strange(c, d);
	if (d->missing > 0)
		tell_missing(c, d, date);
	for (i = 0; i < d->n; i++)
		check_seal(c, d, &d->v[i], date);
	if (c->verify->findings->problems == before && !c->verify->unsure &&
	    !c->verify->quiet && (d->n > 0 || d->log.n > 0))
		tell_good(c, d, date);
	if (d->n > 0 && !d->lost)
		keep_added(c, d);
	c->verify->unsure |= unsure;
	return 0;
}

/* Each line of the book follows on lines that are there. */
static void
check_chain(struct course *c)
{
	struct ev_findings *findings = c->verify->findings;
	struct ev_book *book = &c->book;
	const struct ev_seal *seal;
	size_t i, j, gone;

	for (i = 0; i < book->nbad; i++)
		ev_finding_add(findings,
		    book->bad[i].torn ? EV_FINDING_NOTE : EV_FINDING_PROBLEM,
		    book->shown, book->bad[i].line,
		    book->bad[i].torn ? "torn" : "ALTERED",
		    book->bad[i].torn ? "a line that was never finished" :
					"not a seal");
	for (i = 0; i < book->n; i++) {
		seal = &book->v[i];
		for (j = gone = 0; j < seal->previous.n; j += EV_SHA256_SIZE)
			gone +=
			    ev_book_find(book,
				(unsigned char *)seal->previous.p + j) == NULL;
		if (gone > 0)
			ev_finding_add(findings, EV_FINDING_PROBLEM,
			    book->shown, seal->line, "ROLLED-BACK",
			    "%zu line%s before it %s removed or altered", gone,
			    S(gone), gone == 1 ? "was" : "were");
	}
}

static int
compare(const void *a, const void *b)
{
	const struct added *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

static int
tell_added(struct course *c, struct ev_err *err)
{
	uint64_t *at = ev_malloc((c->n + 1) * sizeof(*at));
	char **file = ev_calloc(c->n + 1, sizeof(*file));
	const char *log;
	const struct added *one;
	char date[EV_PART_SIZE];
	size_t i;
	int r;

	if (c->n > 0)
		qsort(c->added, c->n, sizeof(*c->added), compare);
	for (i = 0; i < c->n; i++)
		at[i] = c->added[i].at;
	r = ev_glean_numbers(&c->dir, at, file, c->n, err);
	for (i = 0; r == 0 && i < c->n; i++) {
		one = &c->added[i];
		log = file[i] != NULL ? file[i] : c->dir.place->shown;
		ev_part_name(one->day, date);
		if (one->edited)
			ev_finding_add(c->verify->findings, EV_FINDING_PROBLEM,
			    log, at[i], "EDITED",
			    "probably: it came after the seal of %s, of which "
			    "one line is missing",
			    date);
		else if (!c->verify->quiet)
			ev_finding_add(c->verify->findings, EV_FINDING_NOTE,
			    log, at[i], "ADDED", "after the seal of %s", date);
	}
	for (i = 0; i < c->n; i++)
		free(file[i]);
	free(file);
	free(at);
	return r;
}

static int
run(struct course *c, struct ev_err *err)
{
	struct ev_verify *verify = c->verify;
	struct ev_leaves leaves = { &c->book, &c->dir, c->heap, 0, INT32_MAX,
		verify->findings };
	uint64_t tags;

	if (verify->place->unsure)
		return ev_fail(
		    err, "'%s': its dialects are wrong", verify->place->shown);
	if (ev_book_read(&c->book, &c->dir, false, err) < 0 ||
	    ev_leaves_read(&leaves, err) < 0)
		return -1;
	/* what is sealed from now on is none of ours; the log has all that was
	 * sealed so far */
	ev_book_release(&c->book);
	verify->sealed = c->book.n > 0;
	check_chain(c);
	c->weigh = (struct ev_weigh){ c->heap, &c->book, 0, INT32_MAX,
		ev_sha256_new(), c, NULL, check_day };
	if (ev_glean(c->heap, &c->dir, 0, INT32_MAX, verify->threads, err) <
		0 ||
	    ev_weigh(&c->weigh, err) < 0 || tell_added(c, err) < 0)
		return -1;
	return ev_anchor_check(
	    verify->place, &c->book, verify->findings, &tags, err);
}

int
ev_verify(struct ev_verify *verify, struct ev_err *err)
{
	struct course c = { .verify = verify, .book = { .fd = -1 } };
	int r = ev_dir_open(&c.dir, verify->place, err);

	if (r < 0)
		return -1;
	c.heap = ev_heaped_new();
	r = run(&c, err);
	ev_sha256_free(c.weigh.sha);
	ev_heaped_free(c.heap);
	ev_book_clear(&c.book);
	free(c.added);
	ev_dir_close(&c.dir);
	return r;
}
