#include "stats/resume.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "json/member.h"
#include "json/number.h"
#include "json/quote.h"
#include "json/walk.h"
#include "out/sink.h"
#include "stats/merge.h"
#include "stats/whole.h"

#define FILE_MOST ((size_t)1 << 32)

static int
settle(struct ev_source *sources, size_t count, struct ev_err *err)
{
	struct ev_err why;
	size_t i;

	for (i = 0; i < count; i++)
		if (ev_whole_cut(&sources[i], &why) == -1)
			return ev_fail(err, "--resume: %s", why.text);
	return 0;
}

/* The place that was kept for a source: 1; 0: it is new; -1: it is no longer
 * the same log. */
static int
place_of(
    const struct ev_val *logs, const struct ev_source *source, uint64_t *at)
{
	struct ev_val log, name, crc, offset;
	struct ev_walk walk;
	char text[16];
	uint32_t mark;
	int64_t n;

	ev_walk_begin(&walk, logs);
	while (ev_walk_next(&walk, NULL, &log)) {
		name = ev_member_of(&log, "name");
		offset = ev_member_of(&log, "offset");
		crc = ev_member_of(&log, "crc");
		if (name.kind != EV_STRING ||
		    !ev_val_eq(&name, ev_slice_of(source->name)))
			continue;
		if (offset.kind != EV_NUMBER ||
		    !ev_num_int(ev_val_slice(&offset), &n) || n < 0 ||
		    (uint64_t)n > source->size ||
		    ev_whole_mark(source, (uint64_t)n, &mark, NULL) == -1)
			return -1;
		snprintf(text, sizeof(text), "%08" PRIx32, mark);
		*at = (uint64_t)n;
		return ev_val_is(&crc, text) ? 1 : -1;
	}
	*at = 0;
	return 0;
}

/* Where each source goes on; false: one of them is another now. */
static bool
find_places(struct ev_stats_resume *resume, const struct ev_val *head,
    const struct ev_source *sources, size_t count, const struct ev_say *say)
{
	struct ev_val logs = ev_member_of(head, "logs");
	struct ev_err told;
	size_t i;

	for (i = 0; i < count; i++) {
		if (place_of(&logs, &sources[i], &resume->start[i]) != -1)
			continue;
		ev_fail(&told,
		    "%s: not the log any more that '%s' is of: counted anew",
		    sources[i].name, resume->path);
		ev_say_err(say, &told);
		memset(resume->start, 0, count * sizeof(*resume->start));
		return false;
	}
	return true;
}

static int
load_text(struct ev_stats_resume *resume, struct ev_stats *stats,
    const struct ev_report_scope *scope, const struct ev_source *sources,
    size_t count, const struct ev_say *say, struct ev_err *err)
{
	const char *p = resume->text.p, *lf;
	struct ev_val head, filter;
	struct ev_err why;

	lf = memchr(p, '\n', resume->text.n);
	if (lf == NULL ||
	    ev_scan_value(p, (size_t)(lf - p), &head, NULL) != EV_SCAN_OK ||
	    ev_member_of(&head, "ev_resume").kind == EV_NONE)
		return ev_fail(err, "%s: not a file of --resume", resume->path);
	filter = ev_member_of(&head, "filter");
	if (filter.kind != EV_STRING ||
	    !ev_val_eq(&filter, ev_buf_slice(&resume->filter)))
		return ev_fail(err,
		    "%s: made with other filters: remove it to count anew",
		    resume->path);
	if (!find_places(resume, &head, sources, count, say))
		return 0;
	if (ev_merge_text(stats, scope, lf + 1,
		(size_t)(resume->text.p + resume->text.n - lf - 1), &why) == -1)
		return ev_fail(err, "%s: %s: remove it to count anew",
		    resume->path, why.text);
	return 0;
}

static void
put_list(char name, const struct ev_list *list, struct ev_buf *out)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		ev_buf_addf(out, "-%c %s\n", name, list->v[i]);
}

/* All that a filter was told. */
static void
put_filter(const struct ev_filter *filter, struct ev_buf *out)
{
	const struct {
		char name;
		const char *text;
	} told[] = {
		{ 't', filter->types },
		{ 'a', filter->actors },
		{ 's', filter->sessions },
		{ 'c', filter->correlations },
		{ 'e', filter->entities },
		{ 'l', filter->level },
		{ 'v', filter->severity },
	};
	size_t i;

	for (i = 0; i < sizeof(told) / sizeof(told[0]); i++)
		if (told[i].text != NULL)
			ev_buf_addf(
			    out, "-%c %s\n", told[i].name, told[i].text);
	put_list('w', &filter->wheres, out);
	put_list('g', &filter->greps, out);
	if (filter->has_since)
		ev_buf_addf(out, "since %" PRId64 ".%09ld\n",
		    (int64_t)filter->since.tv_sec, filter->since.tv_nsec);
	if (filter->has_until)
		ev_buf_addf(out, "until %" PRId64 ".%09ld\n",
		    (int64_t)filter->until.tv_sec, filter->until.tv_nsec);
}

int
ev_stats_resume_load(struct ev_stats_resume *resume, struct ev_stats *stats,
    const struct ev_report_scope *scope, struct ev_source *sources,
    size_t count, const struct ev_say *say, struct ev_err *err)
{
	resume->start = ev_calloc(count + 1, sizeof(*resume->start));
	put_filter(scope->filter, &resume->filter);
	if (settle(sources, count, err) == -1)
		return -1;
	if (access(resume->path, F_OK) == -1 && errno == ENOENT)
		return 0;
	if (ev_read_file(resume->path, &resume->text, FILE_MOST, err) == -1)
		return -1;
	ev_buf_reserve(&resume->text, EV_SCAN_PAD);
	ev_buf_str(&resume->text);
	return load_text(resume, stats, scope, sources, count, say, err);
}

static int
put_head(const struct ev_stats_resume *resume, const struct ev_source *sources,
    size_t count, struct ev_buf *out, struct ev_err *err)
{
	uint32_t crc;
	size_t i;

	ev_buf_adds(out, "{\"ev_resume\":1,\"filter\":");
	ev_quote(out, ev_buf_slice(&resume->filter));
	ev_buf_adds(out, ",\"logs\":[");
	for (i = 0; i < count; i++) {
		if (ev_whole_mark(&sources[i], sources[i].size, &crc, err) ==
		    -1)
			return -1;
		ev_buf_adds(out, i > 0 ? ",{\"name\":" : "{\"name\":");
		ev_quote(out, ev_slice_of(sources[i].name));
		ev_buf_addf(out,
		    ",\"offset\":%" PRIu64 ",\"crc\":\"%08" PRIx32 "\"}",
		    sources[i].size, crc);
	}
	ev_buf_adds(out, "]}\n");
	return 0;
}

int
ev_stats_resume_save(const struct ev_stats_resume *resume,
    const struct ev_stats *stats, const struct ev_report_scope *scope,
    const struct ev_source *sources, size_t count, struct ev_err *err)
{
	struct ev_buf out = EV_BUF_INIT;
	struct ev_sink sink;
	int r = put_head(resume, sources, count, &out, err);
	bool written;

	if (r == 0)
		ev_part_write(stats, scope, &out);
	if (r == 0)
		r = ev_sink_open(&sink, resume->path, err);
	if (r == 0) {
		written = ev_sink_write(&sink, out.p, out.n, err) == 0;
		r = ev_sink_close(&sink, written, written ? err : NULL);
		if (!written)
			r = -1;
	}
	ev_buf_clear(&out);
	return r;
}

void
ev_stats_resume_clear(struct ev_stats_resume *resume)
{
	ev_buf_clear(&resume->text);
	ev_buf_clear(&resume->filter);
	free(resume->start);
	resume->start = NULL;
}
