/*
 * stands: what stands in the store of a scratch directory, and whether its
 * views are what its log says.
 */
#ifndef EV_STANDS_H
#define EV_STANDS_H

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include "base/buf.h"
#include "base/file.h"
#include "scratch.h"
#include "test.h"

/* The whole file, "" when it is not there; free(). */
static inline char *
slurp(const char *name)
{
	struct ev_buf all = EV_BUF_INIT;

	ev_read_file(scratch(name), &all, 1u << 30, NULL);
	ev_buf_str(&all);
	return all.p;
}

/* A compressed file, "" when it is not there; free(). */
static inline char *
slurp_packed(const char *name)
{
	ZSTD_DStream *stream = ZSTD_createDStream();
	struct ev_buf packed = EV_BUF_INIT, all = EV_BUF_INIT;
	ZSTD_inBuffer in = { 0 };
	ZSTD_outBuffer out = { 0 };
	size_t r = 0;

	ev_read_file(scratch(name), &packed, 1u << 30, NULL);
	in.src = packed.p;
	in.size = packed.n;
	while (in.pos < in.size && !ZSTD_isError(r)) {
		ev_buf_reserve(&all, 65536);
		out.dst = all.p + all.n;
		out.size = 65536;
		out.pos = 0;
		r = ZSTD_decompressStream(stream, &out, &in);
		all.n += out.pos;
	}
	CHECK(!ZSTD_isError(r));
	ZSTD_freeDStream(stream);
	ev_buf_clear(&packed);
	ev_buf_str(&all);
	return all.p;
}

/* A view: what is compressed of it, then its file; free(). */
static inline char *
slurp_view(const char *name)
{
	char path[80], *packed, *plain;
	struct ev_buf all = EV_BUF_INIT;

	snprintf(path, sizeof(path), ".events/%s.zst", name);
	packed = slurp_packed(path);
	snprintf(path, sizeof(path), ".events/%s", name);
	plain = slurp(path);
	ev_buf_adds(&all, packed);
	ev_buf_adds(&all, plain);
	ev_buf_str(&all);
	free(packed);
	free(plain);
	return all.p;
}

/* The log: its segments, of which there is one at most, and its file. */
static inline char *
slurp_log(void)
{
	DIR *dir = opendir(scratch(""));
	struct ev_buf all = EV_BUF_INIT;
	const struct dirent *d;
	size_t from, end;

	while (dir != NULL && (d = readdir(dir)) != NULL) {
		if (sscanf(d->d_name, ".events.%zu-%zu", &from, &end) != 2)
			continue;
		ev_read_file(scratch(d->d_name), &all, 1u << 30, NULL);
		if (all.n > end - from) /* no more of it counts */
			all.n = end - from;
	}
	if (dir != NULL)
		closedir(dir);
	ev_read_file(scratch(".events.jsonl"), &all, 1u << 30, NULL);
	ev_buf_str(&all);
	return all.p;
}

static inline size_t
count_of(const char *text, const char *part)
{
	size_t n = 0;

	for (; (text = strstr(text, part)) != NULL; text += strlen(part))
		n++;
	return n;
}

/* The name of the view of a line: only lines made by entry() have a time. */
static inline void
view_of(const char *line, size_t n, char out[64])
{
	static const char key[] = "\"timestamp\":\"";
	const char *at = memmem(line, n, key, sizeof(key) - 1);

	while (n > 0 && line[n - 1] == '\r')
		n--;
	/* a control character is what foreign writers spoil lines with */
	if (at == NULL || line[0] != '{' || line[n - 1] != '}' ||
	    memchr(line, '\1', n) != NULL)
		snprintf(out, 64, "rejected.log");
	else
		snprintf(out, 64, "%.10s.jsonl", at + sizeof(key) - 1);
}

/* What the view must hold, worked out from the first n bytes of the log. */
static inline void
project(const char *log, size_t n, const char *view, struct ev_buf *out)
{
	const char *end = log + n, *lf;
	char name[64];

	ev_buf_reset(out);
	for (; log < end; log = lf + 1) {
		lf = memchr(log, '\n', (size_t)(end - log));
		if (lf == NULL)
			break;
		view_of(log, (size_t)(lf - log), name);
		if (strcmp(name, view) == 0)
			ev_buf_add(out, log, (size_t)(lf - log) + 1);
	}
	ev_buf_str(out);
}

/* How many partitions there are: plain, compressed or both. */
static inline size_t
count_views(void)
{
	DIR *dir = opendir(scratch(".events"));
	const struct dirent *d;
	char plain[256], *end;
	struct stat st;
	size_t n = 0;

	while (dir != NULL && (d = readdir(dir)) != NULL) {
		strcpy(plain, d->d_name);
		end = strrchr(plain, '.');
		if (strcmp(plain, "rejected.log") == 0) {
			n++;
		} else if (strncmp(plain, "20", 2) != 0 || end == NULL) {
			continue;
		} else if (strcmp(end, ".zst") == 0) {
			*end = '\0'; /* counted with its plain one */
			n += fstatat(dirfd(dir), plain, &st, 0) < 0;
		} else {
			n += strcmp(end, ".jsonl") == 0;
		}
	}
	if (dir != NULL)
		closedir(dir);
	return n;
}

/* Every view of the log is exactly its projection, and nothing else is there;
 * the feed is the log's tail. */
static inline bool
views_hold(void)
{
	char *log = slurp_log(), *feed, *view, name[64];
	struct ev_buf due = EV_BUF_INIT;
	size_t n = strlen(log), sum = 0, views = 0, m;
	const char *at = log, *lf;
	char seen[64][64];
	size_t i;
	bool good = true;

	while (n > 0 && log[n - 1] != '\n')
		n--;
	for (; at < log + n; at = lf + 1) {
		lf = strchr(at, '\n');
		view_of(at, (size_t)(lf - at), name);
		for (i = 0; i < views && strcmp(seen[i], name) != 0;)
			i++;
		if (i < views)
			continue;
		memcpy(seen[views++], name, sizeof(name));
		view = slurp_view(name);
		project(log, n, name, &due);
		if (strcmp(view, due.p) != 0) {
			printf("%s differs\n", name);
			good = false;
		}
		sum += strlen(view);
		free(view);
	}
	feed = slurp(".events/feed.jsonl");
	m = strlen(feed);
	if (m > n || memcmp(feed, log + n - m, m) != 0 || sum != n)
		good = false;
	if (count_views() != views)
		good = false;
	ev_buf_clear(&due);
	free(feed);
	free(log);
	return good;
}

#endif
