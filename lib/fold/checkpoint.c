#include "fold/checkpoint.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "fold/kept.h"
#include "input/unpack.h"
#include "json/member.h"
#include "json/number.h"
#include "json/quote.h"
#include "json/scan.h"
#include "out/sink.h"

/* Changes when the same rules give another state than before. */
#define ENGINE "1"
#define PIECE (1 << 16) /* written at once */
#define LAST_MOST 200	/* bytes of the last line */
#define DIGEST_SIZE (7 + EV_SHA256_HEX)
#define FILE_MOST ((size_t)1 << 40)
#define LOOK_AT 16 /* lines of what is no checkpoint */

static void
digest(const void *p, size_t n, char out[DIGEST_SIZE])
{
	memcpy(out, "sha256:", 7);
	ev_sha256_hex(p, n, out + 7);
}

static void
rules_digest(const struct ev_fold *fold, char out[DIGEST_SIZE])
{
	struct ev_buf text = EV_BUF_INIT;

	ev_buf_adds(&text, ENGINE);
	ev_rules_print(ev_fold_rules(fold), &text);
	digest(text.p, text.n, out);
	ev_buf_clear(&text);
}

/* Bytes that go into the file and into its digest. */
struct writing {
	struct ev_sink sink;
	struct ev_sha256 *sha;
	struct ev_buf buf;
};

static int
flush(struct writing *w, size_t least, struct ev_err *err)
{
	if (w->buf.n < least)
		return 0;
	ev_sha256_add(w->sha, w->buf.p, w->buf.n);
	if (ev_sink_write(&w->sink, w->buf.p, w->buf.n, err) == -1)
		return -1;
	ev_buf_reset(&w->buf);
	return 0;
}

static void
put_last(struct ev_buf *out, size_t count, const char *sum)
{
	ev_buf_addf(out, "{\"entities\":%zu,\"digest\":\"%s\"}\n", count, sum);
}

static int
write_entities(
    struct writing *w, struct ev_fold *fold, size_t *count, struct ev_err *err)
{
	struct ev_kept at = { 0, 0 };

	for (*count = 0; ev_kept_next(fold, &at, &w->buf); ++*count)
		if (flush(w, PIECE, err) == -1)
			return -1;
	return flush(w, 0, err);
}

static int
write_all(struct writing *w, struct ev_fold *fold, struct ev_slice position,
    struct ev_err *err)
{
	unsigned char sum[EV_SHA256_SIZE];
	char rules[DIGEST_SIZE], hex[DIGEST_SIZE] = "sha256:";
	size_t count;

	rules_digest(fold, rules);
	ev_buf_addf(&w->buf, "{\"checkpoint\":1,\"rules\":\"%s\",", rules);
	ev_buf_adds(&w->buf, "\"position\":");
	ev_quote(&w->buf, position);
	ev_buf_adds(&w->buf, "}\n");
	if (write_entities(w, fold, &count, err) == -1)
		return -1;
	ev_sha256_end(w->sha, sum);
	ev_hex(sum, sizeof(sum), hex + strlen(hex));
	put_last(&w->buf, count, hex);
	return ev_sink_write(&w->sink, w->buf.p, w->buf.n, err);
}

int
ev_checkpoint_save(const char *path, struct ev_fold *fold,
    struct ev_slice position, struct ev_err *err)
{
	struct writing w = { .buf = EV_BUF_INIT };
	int r;

	if (ev_sink_open(&w.sink, path, err) == -1)
		return -1;
	w.sha = ev_sha256_new();
	r = write_all(&w, fold, position, err);
	ev_sha256_free(w.sha);
	ev_buf_clear(&w.buf);
	if (r == 0)
		return ev_sink_close(&w.sink, true, err);
	ev_sink_close(&w.sink, false, NULL);
	return -1;
}

/* What is wrong with a checkpoint, and that it is therefore not used. */
static int
useless(const char *path, const char *why, struct ev_err *err)
{
	ev_fail(err, "checkpoint '%s' not used, %s", path, why);
	return 0;
}

static int
read_line(const char *p, size_t n, struct ev_val *root)
{
	return ev_scan_value(p, n, root, NULL) == EV_SCAN_OK &&
		root->kind == EV_OBJECT ?
	    0 :
	    -1;
}

/* A line of a checkpoint has one of these. */
static bool
is_ours(const struct ev_val *root)
{
	static const char *const names[] = { "checkpoint", "view", "entities" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (ev_member_of(root, names[i]).kind != EV_NONE)
			return true;
	return false;
}

/* Is what is no sound checkpoint somebody's log, plain or packed?  A name in
 * the wrong place must not cost it.  (Of a checkpoint that was damaged one line
 * may look like an event.) */
static bool
is_log(const struct ev_buf *text)
{
	enum ev_packed packed = ev_unpack_format(text->p, text->n);
	const char *p = text->p, *end = p + text->n, *stop;
	struct ev_val root;
	int i, ours = 0, others = 0;

	if (packed == EV_PACKED_GZIP || packed == EV_PACKED_ZSTD)
		return true;
	for (i = 0; i < LOOK_AT && p < end; i++, p = stop + 1) {
		stop = memchr(p, '\n', (size_t)(end - p));
		if (stop == NULL)
			stop = end;
		if (read_line(p, (size_t)(stop - p), &root) < 0)
			continue;
		if (is_ours(&root))
			ours++;
		else
			others++;
	}
	return others > 1 || (others == 1 && ours == 0);
}

/* Where the last line begins when it is the one for all before it; *count of
 * entities. */
static const char *
last_line(const struct ev_buf *text, int64_t *count)
{
	const char *end = text->p + text->n, *p;
	struct ev_buf want = EV_BUF_INIT;
	char sum[DIGEST_SIZE];
	struct ev_val root, val;
	size_t n = text->n < LAST_MOST ? text->n : LAST_MOST;
	bool same;

	if (n < 2 || end[-1] != '\n')
		return NULL;
	p = memrchr(end - n, '\n', n - 1);
	if (p == NULL ||
	    read_line(p + 1, (size_t)(end - 1 - (p + 1)), &root) == -1)
		return NULL;
	val = ev_member_of(&root, "entities");
	if (val.kind != EV_NUMBER || !ev_num_int(ev_val_slice(&val), count))
		return NULL;
	p++;
	digest(text->p, (size_t)(p - text->p), sum);
	put_last(&want, (size_t)*count, sum);
	same = ev_slice_eq(
	    ev_buf_slice(&want), (struct ev_slice){ p, (size_t)(end - p) });
	ev_buf_clear(&want);
	return same ? p : NULL;
}

/* How many they are, -1 when one cannot be loaded; dry: only this. */
static int64_t
load_entities(struct ev_fold *fold, const char *p, const char *last, bool dry)
{
	struct ev_val root;
	const char *end;
	int64_t count = 0;

	for (; p < last; p = end + 1, count++) {
		end = memchr(p, '\n', (size_t)(last - p));
		if (read_line(p, (size_t)(end - p), &root) == -1 ||
		    ev_kept_load(fold, &root, dry) == -1)
			return -1;
	}
	return count;
}

static int
load(const struct ev_buf *text, const char *path, struct ev_fold *fold,
    struct ev_buf *position, struct ev_err *err)
{
	const char *last, *end;
	char rules[DIGEST_SIZE];
	struct ev_val root, val;
	int64_t count;

	last = last_line(text, &count);
	if (last == NULL && is_log(text))
		return ev_fail(err,
		    "'%s' holds events, no checkpoint: it is not overwritten",
		    path);
	if (last == NULL)
		return useless(path, "it is damaged or none at all", err);
	end = memchr(text->p, '\n', text->n);
	if (end >= last ||
	    read_line(text->p, (size_t)(end - text->p), &root) == -1)
		return useless(path, "it is none", err);
	val = ev_member_of(&root, "checkpoint");
	if (val.kind != EV_NUMBER || !ev_slice_is(ev_val_slice(&val), "1"))
		return useless(path, "it is of another version", err);
	rules_digest(fold, rules);
	val = ev_member_of(&root, "rules");
	if (!ev_val_is(&val, rules))
		return useless(path, "the rules are others", err);
	val = ev_member_of(&root, "position");
	if (val.kind != EV_STRING)
		return useless(path, "it has no position", err);
	if (load_entities(fold, end + 1, last, true) != count)
		return useless(path, "it is none of ours", err);
	load_entities(fold, end + 1, last, false);
	ev_unquote(position, &val);
	return 1;
}

int
ev_checkpoint_load(const char *path, struct ev_fold *fold,
    struct ev_buf *position, struct ev_err *err)
{
	struct ev_buf text = EV_BUF_INIT;
	int r;

	if (access(path, F_OK) == -1 && errno == ENOENT)
		return useless(path, "there is none yet", err);
	r = ev_read_file(path, &text, FILE_MOST, err);
	if (r == 0) {
		ev_buf_reserve(&text, EV_SCAN_PAD);
		memset(text.p + text.n, 0, EV_SCAN_PAD);
		r = load(&text, path, fold, position, err);
	}
	ev_buf_clear(&text);
	return r;
}
