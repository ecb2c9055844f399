#include "parse/junit.h"

#include <stdlib.h>

#include "base/mem.h"
#include "parse/body.h"
#include "parse/xml.h"

#define BODY_MOST ((size_t)256 << 10) /* bytes of one failure's text */

struct ev_junit {
	struct ev_prose *prose;
	struct ev_xml *xml;
	struct ev_buf name, file, suite; /* of the testcase, the testsuite */
	uint32_t line;
	bool tests;  /* in a document of test results */
	bool inside; /* a failure */
	struct ev_buf message, body;
};

/* The first of the attributes that is there, as a text. */
static void
set(struct ev_buf *to, const char **attributes, const char *name)
{
	const char *value = ev_xml_attribute(attributes, name);

	ev_note_set(to, value != NULL ? ev_slice_of(value) : EV_SLICE(""));
}

static bool
is_failure(const char *name)
{
	return strcmp(name, "failure") == 0 || strcmp(name, "error") == 0;
}

static void
open_case(struct ev_junit *junit, const char **attributes)
{
	struct ev_buf class = EV_BUF_INIT;
	struct ev_buf *name = &junit->name;
	const char *line = ev_xml_attribute(attributes, "line");

	set(name, attributes, "name");
	set(&class, attributes, "classname");
	if (class.n > 0 && name->n > 0 &&
	    !ev_slice_eq(ev_buf_slice(&class), ev_buf_slice(name))) {
		ev_buf_insert(name, 0, ".", 1);
		ev_buf_insert(name, 0, class.p, class.n);
	}
	ev_buf_clear(&class);
	set(&junit->file, attributes, "file");
	if (junit->file.n == 0)
		ev_buf_addslice(&junit->file, ev_buf_slice(&junit->suite));
	junit->line = line != NULL ? ev_frame_number(ev_slice_of(line)) : 0;
}

static void
on_open(void *arg, const char *name, const char **attributes)
{
	struct ev_junit *junit = arg;

	if (strcmp(name, "testsuites") == 0) {
		junit->tests = true;
	} else if (strcmp(name, "testsuite") == 0) {
		junit->tests = true;
		set(&junit->suite, attributes, "file");
		ev_buf_reset(&junit->name);
		ev_buf_reset(&junit->file);
		junit->line = 0;
	} else if (strcmp(name, "testcase") == 0) {
		open_case(junit, attributes);
	} else if (is_failure(name) && junit->tests) {
		junit->inside = true;
		set(&junit->message, attributes, "message");
		ev_buf_reset(&junit->body);
	}
}

static void
on_text(void *arg, struct ev_slice text)
{
	struct ev_junit *junit = arg;

	if (junit->inside && junit->body.n < BODY_MOST)
		ev_buf_addslice(&junit->body, text);
}

static void
on_close(void *arg, const char *name)
{
	struct ev_junit *junit = arg;
	struct ev_work *work = &junit->prose->work;
	struct ev_note *note;

	if (!junit->inside || !is_failure(name))
		return;
	junit->inside = false;
	note = ev_work_open(work, "junit", "TestFailure");
	ev_note_set(&note->test, ev_buf_slice(&junit->name));
	/* a message has no line ends: they would be another failure's */
	ev_body_read(work, ev_buf_slice(&junit->message));
	ev_body_read(work, ev_buf_slice(&junit->body));
	if (note->frames == 0) {
		ev_note_set(&note->file, ev_buf_slice(&junit->file));
		note->line = junit->line;
	}
	ev_work_close(work);
}

struct ev_junit *
ev_junit_new(struct ev_prose *prose)
{
	static const struct ev_xml_calls calls = { on_open, on_text, on_close };
	struct ev_junit *junit = ev_calloc(1, sizeof(*junit));

	junit->prose = prose;
	junit->xml = ev_xml_new(&calls, junit);
	return junit;
}

void
ev_junit_free(struct ev_junit *junit)
{
	if (junit == NULL)
		return;
	ev_xml_free(junit->xml);
	ev_buf_clear(&junit->name);
	ev_buf_clear(&junit->file);
	ev_buf_clear(&junit->suite);
	ev_buf_clear(&junit->message);
	ev_buf_clear(&junit->body);
	free(junit);
}

int
ev_junit_feed(
    struct ev_junit *junit, const char *p, size_t n, struct ev_err *err)
{
	return ev_xml_feed(junit->xml, p, n, err);
}

struct ev_slice
ev_junit_rest(const struct ev_junit *junit)
{
	return ev_xml_rest(junit->xml);
}

int
ev_junit_end(struct ev_junit *junit, struct ev_err *err)
{
	return ev_xml_end(junit->xml, err);
}
