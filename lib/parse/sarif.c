#include "parse/sarif.h"

#include "event/lex.h"
#include "json/quote.h"
#include "json/walk.h"
#include "parse/class.h"
#include "parse/pick.h"

/* The element of an array at an index; EV_NONE: there is none. */
static struct ev_val
element(const struct ev_val *array, uint32_t index)
{
	struct ev_val val;
	struct ev_walk walk;

	ev_walk_begin(&walk, array);
	while (array->kind == EV_ARRAY && ev_walk_next(&walk, NULL, &val))
		if (index-- == 0)
			return val;
	return (struct ev_val){ .kind = EV_NONE };
}

/* The rule of a result: by its index, else by its id. */
static struct ev_val
rule_of(const struct ev_val *run, const struct ev_val *result)
{
	struct ev_val rules = ev_pick(run, "tool.driver.rules");
	struct ev_val index = ev_pick(result, "ruleIndex"), rule;
	struct ev_buf id = EV_BUF_INIT;
	struct ev_walk walk;
	bool found = false;

	if (index.kind == EV_NONE)
		index = ev_pick(result, "rule.index");
	if (index.kind == EV_NUMBER && index.p[0] != '-')
		return element(&rules, ev_frame_number(ev_val_slice(&index)));
	if (ev_pick_text(result, "ruleId", &id).n == 0)
		ev_pick_text(result, "rule.id", &id);
	memset(&rule, 0, sizeof(rule));
	ev_walk_begin(&walk, &rules);
	while (!found && id.n > 0 && ev_walk_next(&walk, NULL, &rule))
		found = ev_pick_is(&rule, "id", ev_buf_str(&id));
	ev_buf_clear(&id);
	if (!found)
		rule.kind = EV_NONE;
	return rule;
}

static bool
is_security(const struct ev_val *rule)
{
	struct ev_val tags = ev_pick(rule, "properties.tags"), tag;
	struct ev_walk walk;

	if (ev_pick(rule, "properties.security-severity").kind != EV_NONE)
		return true;
	ev_walk_begin(&walk, &tags);
	while (ev_walk_next(&walk, NULL, &tag))
		if (ev_val_is(&tag, "security"))
			return true;
	return false;
}

static bool
counts(const struct ev_val *result)
{
	struct ev_val kind = ev_pick(result, "kind");
	struct ev_val hush = ev_pick(result, "suppressions"), one;
	struct ev_walk walk;

	if (kind.kind == EV_STRING && !ev_val_is(&kind, "fail"))
		return false;
	if (ev_pick_is(result, "baselineState", "absent"))
		return false;
	ev_walk_begin(&walk, &hush);
	while (ev_walk_next(&walk, NULL, &one))
		if (!ev_pick_is(&one, "status", "rejected") &&
		    !ev_pick_is(&one, "status", "underReview"))
			return false;
	return true;
}

/* Puts the arguments into a message's {0}, {1}, … */
static void
fill_in(struct ev_buf *out, struct ev_slice text, const struct ev_val *message)
{
	struct ev_val arguments = ev_pick(message, "arguments"), argument;
	struct ev_buf scratch = EV_BUF_INIT;
	size_t i;

	for (i = 0; i < text.n; i++) {
		if (text.n - i < 3 || text.p[i] != '{' ||
		    !ev_is_digit(text.p[i + 1]) || text.p[i + 2] != '}') {
			ev_buf_addc(out, text.p[i]);
			continue;
		}
		argument = element(&arguments, (uint32_t)(text.p[i + 1] - '0'));
		ev_buf_addslice(out, ev_val_text(&argument, &scratch));
		i += 2;
	}
	ev_buf_clear(&scratch);
}

static void
set_message(struct ev_note *note, const struct ev_val *result,
    const struct ev_val *rule)
{
	struct ev_val message = ev_pick(result, "message"), strings, string;
	struct ev_buf text = EV_BUF_INIT, id = EV_BUF_INIT, out = EV_BUF_INIT;

	if (ev_pick_text(&message, "text", &text).n == 0 &&
	    ev_pick_text(&message, "id", &id).n > 0) {
		strings = ev_pick(rule, "messageStrings");
		if (id.n < 64) {
			string = ev_pick(&strings, ev_buf_str(&id));
			ev_pick_text(&string, "text", &text);
		}
	}
	if (text.n == 0)
		ev_pick_text(rule, "shortDescription.text", &text);
	fill_in(&out, ev_buf_slice(&text), &message);
	ev_note_set(&note->message, ev_buf_slice(&out));
	ev_buf_clear(&text);
	ev_buf_clear(&id);
	ev_buf_clear(&out);
}

static void
set_place(
    struct ev_note *note, const struct ev_val *run, const struct ev_val *result)
{
	struct ev_val at = ev_pick(result, "locations.0.physicalLocation");
	struct ev_val artifacts = ev_pick(run, "artifacts"), artifact;
	struct ev_buf uri = EV_BUF_INIT;

	if (ev_pick_text(&at, "artifactLocation.uri", &uri).n == 0) {
		artifact = element(
		    &artifacts, ev_pick_number(&at, "artifactLocation.index"));
		if (ev_pick(&at, "artifactLocation.index").kind != EV_NONE)
			ev_pick_text(&artifact, "location.uri", &uri);
	}
	/* URIs without a scheme are encoded, too */
	if (uri.n > 0 && memchr(uri.p, ':', uri.n) == NULL &&
	    memchr(uri.p, '%', uri.n) != NULL)
		ev_buf_insert(&uri, 0, "file://", 7);
	ev_note_set(&note->file, ev_buf_slice(&uri));
	note->line = ev_pick_number(&at, "region.startLine");
	note->column = ev_pick_number(&at, "region.startColumn");
	ev_buf_clear(&uri);
}

static void
read_result(struct ev_prose *prose, const struct ev_val *run,
    const struct ev_val *result)
{
	struct ev_val rule = rule_of(run, result);
	struct ev_buf text = EV_BUF_INIT;
	struct ev_note *note;
	const char *type;

	if (ev_pick_text(result, "level", &text).n == 0 &&
	    ev_pick_text(&rule, "defaultConfiguration.level", &text).n == 0)
		ev_buf_adds(&text, "warning");
	type = ev_slice_is(ev_buf_slice(&text), "error") ? "LintError" :
							   "LintWarning";
	if (is_security(&rule) || is_security(result))
		type = "SecurityFinding";
	if (!ev_slice_is(ev_buf_slice(&text), "none")) {
		note = ev_work_open(&prose->work, "sarif", type);
		set_message(note, result, &rule);
		if (ev_pick_text(result, "ruleId", &text).n == 0 &&
		    ev_pick_text(result, "rule.id", &text).n == 0)
			ev_pick_text(&rule, "id", &text);
		ev_note_set(&note->code, ev_buf_slice(&text));
		set_place(note, run, result);
		ev_work_close(&prose->work);
	}
	ev_buf_clear(&text);
}

void
ev_sarif_read(struct ev_prose *prose, const struct ev_val *val)
{
	struct ev_val runs = ev_pick(val, "runs"), run, results, result;
	struct ev_walk outer, inner;

	ev_walk_begin(&outer, &runs);
	while (ev_walk_next(&outer, NULL, &run)) {
		results = ev_pick(&run, "results");
		ev_walk_begin(&inner, &results);
		while (ev_walk_next(&inner, NULL, &result))
			if (counts(&result))
				read_result(prose, &run, &result);
	}
}
