#include "seal/add.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/hush.h"
#include "store/part.h"
#include "text/time.h"

static int
compare_hashes(const void *a, const void *b)
{
	return memcmp(a, b, EV_SHA256_SIZE);
}

/* Sorted, as the order of the file's lines means nothing. */
static void
add_previous(const struct ev_book *book, struct ev_buf *line)
{
	char hex[EV_SHA256_HEX], *v;
	size_t at;

	if (book->heads.n == 0)
		return;
	v = ev_memdup(book->heads.p, book->heads.n);
	qsort(
	    v, book->heads.n / EV_SHA256_SIZE, EV_SHA256_SIZE, compare_hashes);
	for (at = 0; at < book->heads.n; at += EV_SHA256_SIZE) {
		ev_hex((unsigned char *)v + at, EV_SHA256_SIZE, hex);
		ev_buf_addf(line, "%s\"%s\"", at > 0 ? "," : "", hex);
	}
	free(v);
}

static void
add_over(const struct ev_book *book, int32_t day, struct ev_buf *line)
{
	char hex[2 * EV_LEAF_TAG + 1];
	const char *comma = "";
	struct ev_seal *v;
	size_t i, n;

	v = ev_book_day(book, day, &n);
	for (i = 0; i < n; i++) {
		if (v[i].note || v[i].covered)
			continue;
		ev_hex(v[i].root, EV_LEAF_TAG, hex);
		ev_buf_addf(line, "%s\"%s\"", comma, hex);
		comma = ",";
	}
}

int
ev_seal_line(const struct ev_book *book, struct ev_seal *seal,
    const char *reason, struct ev_buf *line, struct ev_err *err)
{
	struct ev_sha256 *sha;
	struct timespec now;
	char date[EV_PART_SIZE], root[EV_SHA256_HEX];

	if (ev_now(&now, err) < 0)
		return -1;
	ev_time_format_s(now, seal->at);
	ev_part_name(seal->day, date);
	ev_hex(seal->root, EV_SHA256_SIZE, root);
	if (seal->note) {
		ev_buf_addf(line,
		    "{\"date\":\"%s\",\"dropped\":\"%s\",\"reason\":\"%s\","
		    "\"at\":\"%s\"",
		    date, root, reason, seal->at);
	} else {
		ev_buf_addf(line,
		    "{\"date\":\"%s\",\"n\":%" PRIu64 ",\"bytes\":%" PRIu64
		    ",\"root\":\"%s\",\"sealed_at\":\"%s\",\"over\":[",
		    date, seal->n, seal->bytes, root, seal->at);
		add_over(book, seal->day, line);
		ev_buf_addc(line, ']');
	}
	ev_buf_adds(line, ",\"previous\":[");
	add_previous(book, line);
	ev_buf_adds(line, "]}");
	sha = ev_sha256_new();
	ev_sha256_add(sha, line->p, line->n);
	ev_sha256_end(sha, seal->hash);
	ev_sha256_free(sha);
	return 0;
}

int
ev_seal_append(struct ev_book *book, const struct ev_dir *dir,
    const struct ev_seal *seal, struct ev_buf *line, struct ev_err *err)
{
	struct ev_hush hush;
	struct stat st;
	char last = '\n';
	int r = fstat(book->fd, &st);

	if (r == 0 && st.st_size > 0 &&
	    ev_pread_all(book->fd, &last, 1, st.st_size - 1) < 0)
		r = -1;
	if (r < 0)
		return ev_fail_errno(err, "cannot read '%s'", book->shown);
	if (last != '\n')
		ev_buf_insert(line, 0, "\n", 1);
	ev_buf_addc(line, '\n');
	ev_hush_begin(&hush);
	r = ev_pwrite_all(book->fd, line->p, line->n, st.st_size);
	ev_hush_end(&hush, r < 0);
	if (r < 0)
		return ev_fail_errno(err, "cannot write '%s'", book->shown);
	if (fsync(book->fd) < 0)
		return ev_fail_errno(
		    err, "'%s' is not known to be durable", book->shown);
	ev_buf_reset(&book->heads);
	ev_buf_add(&book->heads, seal->hash, EV_SHA256_SIZE);
	return ev_dir_sync(dir, err);
}
