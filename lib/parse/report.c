#include "parse/report.h"

#include "json/walk.h"
#include "parse/body.h"
#include "parse/class.h"
#include "parse/pick.h"
#include "parse/sarif.h"

/* Where a report in which each value is one finding has its parts. */
struct shape {
	unsigned tools;
	const char *tool;
	const char *key, *also; /* both are there */
	const char *level;
	const char *code;
	const char *code_prefix;
	const char *message;
	const char *file, *line, *column;
	bool linter;
};

static const struct shape shape[] = {
	{ EV_TOOL_GCC, "gcc", "kind", "locations", "kind", "option", "",
	    "message", "locations.0.caret.file", "locations.0.caret.line",
	    "locations.0.caret.column", false },
	{ EV_TOOL_SHELL | EV_TOOL_GCC, "shellcheck", "level", "endColumn",
	    "level", "code", "SC", "message", "file", "line", "column", true },
	{ EV_TOOL_CARGO | EV_TOOL_RUST, "cargo", "spans", "level", "level",
	    "code.code", "", "message", "spans.0.file_name",
	    "spans.0.line_start", "spans.0.column_start", false },
};

/* The same as a text of the finding. */
static void
set(struct ev_buf *to, const struct ev_val *val, const char *keys)
{
	struct ev_buf text = EV_BUF_INIT;

	ev_note_set(to, ev_pick_text(val, keys, &text));
	ev_buf_clear(&text);
}

/* The span of a rustc diagnostic that counts: the first primary one. */
static struct ev_val
primary(const struct ev_val *val)
{
	struct ev_val spans = ev_pick(val, "spans"), span;
	struct ev_walk walk;

	ev_walk_begin(&walk, &spans);
	while (ev_walk_next(&walk, NULL, &span))
		if (ev_pick(&span, "is_primary").kind == EV_TRUE)
			return span;
	return ev_pick(val, "spans.0");
}

static void
one(struct ev_prose *prose, const struct shape *s, const struct ev_val *val)
{
	struct ev_buf level = EV_BUF_INIT, text = EV_BUF_INIT,
		      code = EV_BUF_INIT;
	struct ev_work *work = &prose->work;
	struct ev_note *note;
	struct ev_val span;
	const char *type;

	ev_pick_text(val, s->level, &level);
	ev_pick_text(val, s->message, &text);
	if (ev_pick_text(val, s->code, &code).n > 0)
		ev_buf_insert(&code, 0, s->code_prefix, strlen(s->code_prefix));
	type = s->linter ?
	    ev_class_linter(ev_buf_slice(&level), ev_buf_slice(&text)) :
	    ev_class_compiler(
		ev_buf_slice(&level), ev_buf_slice(&code), ev_buf_slice(&text));
	if (type != NULL && text.n > 0) {
		note = ev_work_open(work, s->tool, type);
		ev_note_set(&note->message, ev_buf_slice(&text));
		ev_note_set(&note->code, ev_buf_slice(&code));
		set(&note->file, val, s->file);
		note->line = ev_pick_number(val, s->line);
		note->column = ev_pick_number(val, s->column);
		span = primary(val);
		if (span.kind == EV_OBJECT) {
			set(&note->file, &span, "file_name");
			note->line = ev_pick_number(&span, "line_start");
			note->column = ev_pick_number(&span, "column_start");
		}
		if (ev_buf_slice(&code).n > 1 && code.p[0] == '-') {
			ev_note_more(&note->message, " [", ev_buf_slice(&code));
			ev_buf_addc(&note->message, ']');
		}
		ev_work_close(work);
	}
	ev_buf_clear(&level);
	ev_buf_clear(&text);
	ev_buf_clear(&code);
}

/* A value that is one finding in one of the shapes; false: it is none. */
static bool
read_one(struct ev_prose *prose, const struct ev_val *val)
{
	size_t i;

	for (i = 0; i < sizeof(shape) / sizeof(shape[0]); i++)
		if ((shape[i].tools & prose->work.tools) != 0 &&
		    ev_pick(val, shape[i].key).kind != EV_NONE &&
		    ev_pick(val, shape[i].also).kind != EV_NONE) {
			one(prose, &shape[i], val);
			return true;
		}
	return false;
}

/* cargo --message-format=json */
static void
read_cargo(struct ev_prose *prose, const struct ev_val *val)
{
	struct ev_val message = ev_pick(val, "message");

	if (ev_pick_is(val, "reason", "compiler-message"))
		read_one(prose, &message);
}

/* shellcheck -f json1 */
static void
read_comments(struct ev_prose *prose, const struct ev_val *val)
{
	struct ev_val comments = ev_pick(val, "comments"), comment;
	struct ev_walk walk;

	ev_walk_begin(&walk, &comments);
	while (ev_walk_next(&walk, NULL, &comment))
		read_one(prose, &comment);
}

/* eslint -f json */
static void
read_eslint(struct ev_prose *prose, const struct ev_val *val)
{
	struct ev_val messages = ev_pick(val, "messages"), m;
	struct ev_walk walk;
	struct ev_note *note;
	struct ev_slice level;
	bool error;

	ev_walk_begin(&walk, &messages);
	while (ev_walk_next(&walk, NULL, &m)) {
		error = ev_pick_number(&m, "severity") == 2;
		note = ev_work_open(&prose->work, "eslint", "LintError");
		set(&note->message, &m, "message");
		set(&note->code, &m, "ruleId");
		set(&note->file, val, "filePath");
		note->line = ev_pick_number(&m, "line");
		note->column = ev_pick_number(&m, "column");
		level = error ? EV_SLICE("error") : EV_SLICE("warning");
		note->type =
		    ev_class_linter(level, ev_buf_slice(&note->message));
		ev_work_close(&prose->work);
	}
}

/* jest --json */
static void
read_jest(struct ev_prose *prose, const struct ev_val *val)
{
	struct ev_val files = ev_pick(val, "testResults"), file, tests, t;
	struct ev_buf text = EV_BUF_INIT;
	struct ev_walk outer, inner;
	struct ev_note *note;

	ev_walk_begin(&outer, &files);
	while (ev_walk_next(&outer, NULL, &file)) {
		tests = ev_pick(&file, "assertionResults");
		ev_walk_begin(&inner, &tests);
		while (ev_walk_next(&inner, NULL, &t)) {
			if (!ev_pick_is(&t, "status", "failed"))
				continue;
			note =
			    ev_work_open(&prose->work, "jest", "TestFailure");
			set(&note->test, &t, "fullName");
			ev_pick_text(&t, "failureMessages.0", &text);
			ev_body_read(&prose->work, ev_buf_slice(&text));
			set(&note->file, &file, "name");
			note->line = ev_pick_number(&t, "location.line");
			if (note->line == 0 && note->frames > 0)
				ev_buf_reset(&note->file);
			ev_work_close(&prose->work);
		}
		if (ev_pick(&tests, "0").kind != EV_NONE ||
		    !ev_pick_is(&file, "status", "failed"))
			continue;
		note = ev_work_open(&prose->work, "jest", "TestFailure");
		ev_pick_text(&file, "message", &text);
		ev_body_read(&prose->work, ev_buf_slice(&text));
		set(&note->file, &file, "name");
		ev_work_close(&prose->work);
	}
	ev_buf_clear(&text);
}

/*
 * The lines that follow are of another test, or package; what waits for lines
 * of the last one goes out, unless the next is a part of it.
 */
static void
switch_test(
    struct ev_prose *prose, struct ev_slice package, struct ev_slice test)
{
	struct ev_work *work = &prose->work;
	struct ev_slice last = ev_buf_slice(&work->note.test);
	bool same = ev_slice_eq(package, ev_buf_slice(&work->package));

	if (!same ||
	    (last.n > 0 &&
		(test.n < last.n || memcmp(test.p, last.p, last.n) != 0)))
		ev_prose_flush(prose);
	ev_note_set(&work->package, package);
	if (test.n > 0)
		ev_note_set(&work->test, test);
}

/* go test -json: the lines of its plain form, and whose they are */
static void
read_go(struct ev_prose *prose, const struct ev_val *val)
{
	struct ev_buf text = EV_BUF_INIT, test = EV_BUF_INIT,
		      package = EV_BUF_INIT;
	struct ev_slice line;

	if (ev_pick_is(val, "Action", "output") ||
	    ev_pick_is(val, "Action", "build-output")) {
		switch_test(prose, ev_pick_text(val, "Package", &package),
		    ev_pick_text(val, "Test", &test));
		line = ev_pick_text(val, "Output", &text);
		while (line.n > 0 && line.p[line.n - 1] == '\n')
			line.n--;
		ev_prose_take(prose, line);
	}
	ev_buf_clear(&text);
	ev_buf_clear(&test);
	ev_buf_clear(&package);
}

/* Reports by the keys that they have. */
static const struct {
	unsigned tools;
	const char *key, *also;
	void (*read)(struct ev_prose *prose, const struct ev_val *val);
} report[] = {
	{ EV_TOOL_SARIF | EV_TOOL_GCC | EV_TOOL_ESLINT, "runs", "version",
	    ev_sarif_read },
	{ EV_TOOL_CARGO | EV_TOOL_RUST, "reason", "message", read_cargo },
	{ EV_TOOL_GO, "Action", "Output", read_go },
	{ EV_TOOL_ESLINT, "filePath", "messages", read_eslint },
	{ EV_TOOL_SHELL | EV_TOOL_GCC, "comments", "comments", read_comments },
	{ EV_TOOL_JEST, "testResults", "numFailedTests", read_jest },
};

void
ev_report_read(struct ev_prose *prose, const struct ev_val *val)
{
	size_t i;

	if (val->kind != EV_OBJECT)
		return;
	/* the lines of go test go on from one value to the next */
	if (ev_pick(val, "Action").kind == EV_NONE)
		ev_prose_flush(prose);
	for (i = 0; i < sizeof(report) / sizeof(report[0]); i++)
		if ((report[i].tools & prose->work.tools) != 0 &&
		    ev_pick(val, report[i].key).kind != EV_NONE &&
		    ev_pick(val, report[i].also).kind != EV_NONE) {
			report[i].read(prose, val);
			return;
		}
	read_one(prose, val);
}
