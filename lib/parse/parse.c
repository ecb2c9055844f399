#include "parse/parse.h"

#include <stdlib.h>

#include "base/mem.h"
#include "parse/format.h"
#include "parse/junit.h"
#include "parse/prose.h"
#include "parse/report.h"
#include "parse/unit.h"
#include "parse/where.h"
#include "parse/xml.h"

#define PROBE 256   /* bytes of a line that tell whether it begins a document */
#define PIECE 16384 /* bytes of XML at once: as much may be read twice */
#define BOM "\xef\xbb\xbf"
/* Whose reports are JSON. */
#define JSON_TOOLS \
	(EV_TOOL_SARIF | EV_TOOL_GCC | EV_TOOL_GO | EV_TOOL_CARGO | \
	    EV_TOOL_RUST | EV_TOOL_ESLINT | EV_TOOL_JEST | EV_TOOL_SHELL)

struct ev_parse {
	struct ev_prose prose;
	struct ev_where *where;
	enum { TEXT, JSON, XML } mode;
	struct ev_buf part; /* the line so far */
	bool probed;	    /* it begins no document */
	bool skip;	    /* its rest */
	bool begun;	    /* the input has a first line */
	bool behind;	    /* a document: its line's end is no line */
	struct ev_unit unit;
	struct ev_junit *junit;
	/* bytes to read once more: back from `at` on, and those just found */
	struct ev_buf back, pushed;
	size_t at;
};

struct ev_parse *
ev_parse_new(const struct ev_parse_given *given, struct ev_err *err)
{
	struct ev_parse *parse;
	unsigned tools = ev_format_tools(given->format);

	if (tools == 0) {
		ev_fail(err, "no such format '%s'", given->format);
		return NULL;
	}
	parse = ev_calloc(1, sizeof(*parse));
	parse->where = ev_where_new(given->root, given->dir);
	ev_prose_init(&parse->prose, tools);
	parse->prose.work.where = parse->where;
	parse->prose.work.found = given->found;
	parse->prose.work.arg = given->arg;
	return parse;
}

void
ev_parse_free(struct ev_parse *parse)
{
	if (parse == NULL)
		return;
	ev_prose_clear(&parse->prose);
	ev_where_free(parse->where);
	ev_buf_clear(&parse->part);
	ev_buf_clear(&parse->back);
	ev_buf_clear(&parse->pushed);
	ev_unit_clear(&parse->unit);
	ev_junit_free(parse->junit);
	free(parse);
}

/* Does a line, or its beginning, begin a document?  Then the mode is its. */
static bool
begins(struct ev_parse *parse, struct ev_slice line)
{
	unsigned tools = parse->prose.work.tools;

	if ((tools & JSON_TOOLS) != 0 && ev_unit_opens(line)) {
		ev_unit_begin(&parse->unit);
		parse->mode = JSON;
		return true;
	}
	if ((tools & EV_TOOL_JUNIT) != 0 && ev_xml_opens(line)) {
		ev_prose_flush(&parse->prose);
		parse->junit = ev_junit_new(&parse->prose);
		parse->mode = XML;
		return true;
	}
	return false;
}

/* What was pushed back is read next, before what is left of an earlier one. */
static void
merge_back(struct ev_parse *parse)
{
	struct ev_buf back = parse->pushed;

	if (parse->at < parse->back.n)
		ev_buf_add(&back, parse->back.p + parse->at,
		    parse->back.n - parse->at);
	parse->pushed = parse->back;
	parse->back = back;
	parse->at = 0;
	ev_buf_reset(&parse->pushed);
}

/* parse->part is a line, with its LF unless it is cut off or the last. */
static void
read_line(struct ev_parse *parse)
{
	struct ev_slice line = ev_buf_slice(&parse->part);

	if (line.n > 0 && line.p[line.n - 1] == '\n')
		line.n--;
	if (!parse->behind || !ev_work_blank(line))
		ev_prose_take(&parse->prose, line);
	parse->behind = parse->probed = false;
	ev_buf_reset(&parse->part);
}

/* Looks at a line, or its first bytes: true when a document begins there. */
static bool
probe(struct ev_parse *parse)
{
	struct ev_slice line = ev_buf_slice(&parse->part);

	if (!parse->begun && ev_slice_starts(line, BOM)) {
		line.n -= 3;
		memmove(parse->part.p, line.p + 3, line.n);
		parse->part.n = line.n;
	}
	parse->begun = true;
	if (line.n > 0 && line.p[line.n - 1] == '\n')
		line.n--;
	parse->probed = true;
	if (!begins(parse, line))
		return false;
	ev_buf_addslice(&parse->pushed, ev_buf_slice(&parse->part));
	ev_buf_reset(&parse->part);
	parse->probed = false;
	return true;
}

/* Takes bytes of a line; gives how many. */
static size_t
feed_text(struct ev_parse *parse, const char *p, size_t n)
{
	const char *end = memchr(p, '\n', n);
	size_t whole = end != NULL ? (size_t)(end - p) + 1 : n, used = whole;
	size_t most = parse->probed ? EV_PARSE_LINE : PROBE;

	if (parse->skip) {
		parse->skip = end == NULL;
		return used;
	}
	if (used > most - parse->part.n)
		used = most - parse->part.n;
	ev_buf_add(&parse->part, p, used);
	if (used < whole)
		end = NULL;
	if (!parse->probed && (end != NULL || parse->part.n == PROBE) &&
	    probe(parse))
		return used;
	if (end == NULL && parse->part.n < EV_PARSE_LINE)
		return used;
	parse->skip = end == NULL;
	read_line(parse);
	return used;
}

/* What looked like JSON is text: its lines are read as such. */
static int
read_again(struct ev_parse *parse, struct ev_err *err)
{
	struct ev_buf raw = parse->unit.raw;
	const char *p = ev_buf_str(&raw), *end = p + raw.n, *lf;
	int r = 0;

	memset(&parse->unit, 0, sizeof(parse->unit));
	parse->mode = TEXT;
	if (raw.n > EV_UNIT_MOST) {
		r = ev_fail(err, "JSON value skipped: it is over %zu bytes",
		    EV_UNIT_MOST);
		p = end;
		parse->skip = true;
	}
	while (p < end && (lf = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		ev_prose_take(
		    &parse->prose, (struct ev_slice){ p, (size_t)(lf - p) });
		p = lf + 1;
	}
	ev_buf_reset(&parse->part);
	ev_buf_add(&parse->part, p, (size_t)(end - p));
	if (parse->part.n > EV_PARSE_LINE)
		parse->part.n = EV_PARSE_LINE;
	parse->probed = p < end;
	ev_buf_clear(&raw);
	return r;
}

/* A report that was asked for is damaged. */
static int
damaged(const struct ev_parse *parse, struct ev_err *err)
{
	if (parse->prose.work.tools != EV_TOOL_SARIF)
		return 0;
	return ev_fail(err, "JSON is damaged in, or behind, its byte %zu",
	    parse->unit.raw.n);
}

static int
feed_json(struct ev_parse *parse, const char *p, size_t n, size_t *used,
    struct ev_err *err)
{
	struct ev_val val;

	switch (ev_unit_feed(&parse->unit, p, n, used)) {
	case EV_UNIT_MORE:
		return 0;
	case EV_UNIT_END:
		parse->mode = TEXT;
		parse->behind = true;
		return 0;
	case EV_UNIT_WRONG:
		return damaged(parse, err) | read_again(parse, err);
	case EV_UNIT_VALUE:
		break;
	}
	if (!ev_unit_value(&parse->unit, &val))
		return damaged(parse, err) | read_again(parse, err);
	ev_report_read(&parse->prose, &val);
	if (!parse->unit.list) {
		parse->mode = TEXT;
		parse->behind = true;
	}
	ev_unit_next(&parse->unit);
	return 0;
}

/* The document is over, or damaged; what is left is text again. */
static int
leave_xml(struct ev_parse *parse, int result)
{
	ev_buf_addslice(&parse->pushed, ev_junit_rest(parse->junit));
	ev_junit_free(parse->junit);
	parse->junit = NULL;
	parse->mode = TEXT;
	parse->behind = true;
	/* what is left of a damaged line is no text; those behind it are */
	parse->skip = result == -1;
	return result == -1 ? -1 : 0;
}

static int
feed_xml(struct ev_parse *parse, const char *p, size_t n, size_t *used,
    struct ev_err *err)
{
	int r;

	*used = n < PIECE ? n : PIECE;
	r = ev_junit_feed(parse->junit, p, *used, err);
	return r == 0 ? 0 : leave_xml(parse, r);
}

/* Takes some of the bytes, *used. */
static int
step(struct ev_parse *parse, const char *p, size_t n, size_t *used,
    struct ev_err *err)
{
	switch (parse->mode) {
	case JSON:
		return feed_json(parse, p, n, used, err);
	case XML:
		return feed_xml(parse, p, n, used, err);
	case TEXT:
		break;
	}
	*used = feed_text(parse, p, n);
	return 0;
}

int
ev_parse_feed(
    struct ev_parse *parse, const char *p, size_t n, struct ev_err *err)
{
	size_t used;
	int r = 0;

	while (n > 0 || parse->at < parse->back.n) {
		if (parse->at < parse->back.n) {
			r |= step(parse, parse->back.p + parse->at,
			    parse->back.n - parse->at, &used, err);
			parse->at += used;
		} else {
			r |= step(parse, p, n, &used, err);
			p += used;
			n -= used;
		}
		if (parse->pushed.n > 0)
			merge_back(parse);
	}
	return r;
}

int
ev_parse_end(struct ev_parse *parse, struct ev_err *err)
{
	int r = 0;

	/* what begins a document, or ends one, leaves bytes to read */
	for (;;) {
		if (parse->mode == XML)
			r |= leave_xml(parse, ev_junit_end(parse->junit, err));
		else if (parse->mode == JSON)
			r |= damaged(parse, err) | read_again(parse, err);
		else if (parse->part.n > 0 && !parse->probed && probe(parse))
			;
		else if (parse->part.n > 0)
			read_line(parse);
		else
			break;
		if (parse->pushed.n > 0)
			merge_back(parse);
		r |= ev_parse_feed(parse, "", 0, err);
	}
	ev_prose_flush(&parse->prose);
	return r;
}
