/*
 * rfc8259_try: one text through the scanner in every way.
 *
 * Bare through ev_scan_value and ev_scan_line, as elements and as members, and
 * without its white space (json/compact), which must not turn what is no JSON
 * into some.
 */
#ifndef EV_RFC8259_TRY_H
#define EV_RFC8259_TRY_H

#include <stdlib.h>

#include "base/buf.h"
#include "json/compact.h"
#include "padded.h"
#include "test.h"

static size_t wrong_accepts, wrong_rejects, runs;

static inline void
judge(const char *how, const char *p, size_t n, bool want, bool got)
{
	size_t i;

	runs++;
	if (want == got)
		return;
	if (got)
		wrong_accepts++;
	else
		wrong_rejects++;
	printf("%s %s: ", got ? "wrong accept" : "wrong reject", how);
	for (i = 0; i < n && i < 70; i++)
		printf(p[i] > ' ' && p[i] < 0x7f ? "%c" : "\\x%02x",
		    (unsigned char)p[i]);
	printf("\n");
}

static inline enum ev_scan
scan_value(const char *p, size_t n)
{
	char *copy = padded(p, n);
	enum ev_scan r = ev_scan_value(copy, n, NULL, NULL);

	free(copy);
	return r;
}

static inline enum ev_scan
scan_line(const char *p, size_t n)
{
	char *copy = padded(p, n);
	enum ev_scan r = ev_scan_line(NULL, copy, n, NULL, NULL);

	free(copy);
	return r;
}

/* The same between two texts. */
static inline bool
sound_in(const char *before, const char *p, size_t n, const char *after)
{
	struct ev_buf doc = EV_BUF_INIT;
	enum ev_scan line, value;

	ev_buf_adds(&doc, before);
	ev_buf_add(&doc, p, n);
	ev_buf_adds(&doc, after);
	value = scan_value(doc.p, doc.n);
	line = scan_line(doc.p, doc.n);
	CHECK_INT(line,
	    value == EV_SCAN_OK && *before != '{' ? EV_SCAN_NOT_OBJECT : value);
	ev_buf_clear(&doc);
	return value == EV_SCAN_OK;
}

static inline void
try_compact(const char *p, size_t n, bool want)
{
	struct ev_buf out = EV_BUF_INIT;

	ev_compact(&out, (struct ev_slice){ p, n });
	judge("compacted", p, n, want, scan_value(out.p, out.n) == EV_SCAN_OK);
	ev_buf_clear(&out);
}

/* One text in every surrounding. */
static inline void
try_text(const char *p, size_t n, bool want)
{
	enum ev_scan value = scan_value(p, n), line = scan_line(p, n);

	judge("value", p, n, want, value == EV_SCAN_OK);
	judge("line", p, n, want,
	    line == EV_SCAN_OK || line == EV_SCAN_NOT_OBJECT);
	try_compact(p, n, want);
}

/* The same for a text that stays what it is inside a container. */
static inline void
try_inside(const char *p, size_t n, bool want)
{
	try_text(p, n, want);
	judge("element", p, n, want, sound_in("[", p, n, "]"));
	judge("later element", p, n, want, sound_in("[0 ,", p, n, ",0]"));
	judge("member", p, n, want, sound_in("{\"k\":", p, n, "}"));
	judge(
	    "deep", p, n, want, sound_in("{\"k\":[{\"l\":", p, n, "},null]}"));
}

#endif
