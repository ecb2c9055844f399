#include "store/intent.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "json/number.h"
#include "store/part.h"

/*
 * "LOG GEN M", then a line "DAY BYTES" for each partition, then "end CRC" with
 * the CRC-32C of all lines before it.
 */
#define LONGEST (2u << 20)

static const char file[] = "intent", tmp[] = "intent.tmp";

void
ev_intent_clear(struct ev_intent *intent)
{
	ev_map_free(intent->had);
	intent->had = NULL;
}

bool
ev_intent_had(const struct ev_intent *intent, int32_t day, uint64_t *n)
{
	uint64_t *had = NULL;

	if (intent->had != NULL)
		had = ev_map_find(intent->had, &day, sizeof(day));
	if (had == NULL)
		return false;
	*n = *had - 1;
	return true;
}

void
ev_intent_set(struct ev_intent *intent, int32_t day, uint64_t n)
{
	if (intent->had == NULL)
		intent->had = ev_map_new();
	*ev_map_at(intent->had, &day, sizeof(day), NULL) = n + 1;
}

static void
put_head(struct ev_buf *out, const struct ev_state *state)
{
	ev_buf_addf(out, "%s %llu %llu\n", state->log,
	    (unsigned long long)state->gen, (unsigned long long)state->m);
}

static void
put_end(struct ev_buf *out)
{
	ev_buf_addf(out, "end %08x\n", ev_crc32c(0, out->p, out->n));
}

int
ev_intent_write(const struct ev_intent *intent, const struct ev_dir *dir,
    const struct ev_state *state, const int32_t *day, size_t count,
    struct ev_err *err)
{
	struct ev_buf text = EV_BUF_INIT;
	char name[EV_PART_SIZE];
	struct stat st;
	uint64_t n;
	size_t i;
	int fd, r;

	put_head(&text, state);
	for (i = 0; i < count; i++) {
		if (!ev_intent_had(intent, day[i], &n))
			continue;
		ev_part_name(day[i], name);
		ev_buf_addf(&text, "%s %llu\n", name, (unsigned long long)n);
	}
	put_end(&text);
	fd = ev_dir_inside(dir, tmp, O_WRONLY | O_CREAT | O_TRUNC, &st, err);
	r = fd < 0 ? -1 : 0;
	if (r == 0 && ev_write_all(fd, text.p, text.n) < 0)
		r = ev_dir_fail(dir, "write", tmp, err);
	if (fd >= 0)
		close(fd);
	if (r == 0 && renameat(dir->priv, tmp, dir->priv, file) < 0)
		r = ev_dir_fail(dir, "replace", file, err);
	ev_buf_clear(&text);
	return r;
}

/* One "DAY BYTES". */
static bool
take_row(struct ev_intent *intent, struct ev_slice row)
{
	const char *gap = memchr(row.p, ' ', row.n);
	struct ev_slice name, bytes;
	int64_t n;
	int32_t day;

	if (gap == NULL)
		return false;
	name = (struct ev_slice){ row.p, (size_t)(gap - row.p) };
	bytes = (struct ev_slice){ gap + 1, row.n - name.n - 1 };
	if (!ev_part_parse(name, &day) || !ev_num_valid(bytes) ||
	    !ev_num_int(bytes, &n) || n < 0)
		return false;
	ev_intent_set(intent, day, (uint64_t)n);
	return true;
}

/* The rows between head and end, when both are as they should be. */
static bool
rows_of(
    struct ev_slice text, const struct ev_state *state, struct ev_slice *rows)
{
	struct ev_buf want = EV_BUF_INIT;
	size_t end = sizeof("end 00000000"), head;
	bool fits;

	put_head(&want, state);
	head = want.n;
	fits = text.n >= head + end && memcmp(text.p, want.p, head) == 0;
	if (fits) {
		ev_buf_reset(&want);
		ev_buf_add(&want, text.p, text.n - end);
		put_end(&want);
		fits = ev_slice_eq(text, ev_buf_slice(&want));
		*rows = (struct ev_slice){ text.p + head, text.n - head - end };
	}
	ev_buf_clear(&want);
	return fits;
}

static bool
take_rows(struct ev_intent *intent, struct ev_slice rows)
{
	const char *lf;
	struct ev_slice row;

	for (; rows.n > 0; rows.p = lf + 1) {
		lf = memchr(rows.p, '\n', rows.n);
		if (lf == NULL)
			return false;
		row = (struct ev_slice){ rows.p, (size_t)(lf - rows.p) };
		if (!take_row(intent, row))
			return false;
		rows.n -= row.n + 1;
	}
	return true;
}

int
ev_intent_read(struct ev_intent *intent, const struct ev_dir *dir,
    const struct ev_state *state, struct ev_err *err)
{
	struct ev_slice rows = { NULL, 0 };
	struct ev_buf text = EV_BUF_INIT;
	struct stat st;
	int fd, r;

	ev_intent_clear(intent);
	fd = ev_dir_inside(dir, file, O_RDONLY, &st, err);
	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	r = ev_read_fd(fd, &text, LONGEST, file, err);
	close(fd);
	if (r == 0)
		r = rows_of(ev_buf_slice(&text), state, &rows) &&
		    take_rows(intent, rows);
	if (r != 1)
		ev_intent_clear(intent);
	ev_buf_clear(&text);
	return r;
}
