#include "filter/filter.h"

#include <stdlib.h>
#include <string.h>

#include "padded.h"
#include "test.h"

static const char bead[] =
    "{\"event_id\":\"evt-1\",\"event_type\":\"bead.created\","
    "\"timestamp\":\"2026-01-06T10:30:00Z\",\"actor\":\"mayor\","
    "\"data\":{\"bead_id\":\"b-7\",\"path\":\"a\\/b\"},\"severity\":3}";
static const char bare[] = "{\"id\":1}";
static const char timeless[] = "{\"type\":\"tool_parallel_read\"}";

/* 1 match, 0 none, -1 not compiled (*err); frees the filter. */
static int
asked(struct ev_filter *filter, const char *json, struct ev_err *err)
{
	struct ev_model *model = ev_model_new(NULL);
	char *line = padded(json, strlen(json));
	int r = ev_filter_compile(filter, model, true, err);
	struct ev_event *ev;

	ev_model_seal(model);
	ev = ev_event_new(model);
	if (r == 0)
		r = ev_event_read(ev, line, strlen(json)) == EV_SCAN_OK &&
		    ev_filter_match(filter, ev);
	ev_event_free(ev);
	ev_filter_clear(filter);
	ev_model_free(model);
	free(line);
	return r;
}

#define IS(json, ...) asked(&(struct ev_filter){ __VA_ARGS__ }, json, NULL)

static const char *
wrong(struct ev_filter filter)
{
	static struct ev_err err;

	ev_fail(&err, "accepted");
	asked(&filter, bead, &err);
	return err.text;
}

static struct ev_list
list(const char *a, const char *b)
{
	struct ev_list made = { calloc(2, sizeof(char *)), b == NULL ? 1 : 2 };

	made.v[0] = a;
	made.v[1] = b;
	return made;
}

static void
test_globs(void)
{
	CHECK_INT(IS(bead, .types = NULL), 1);
	CHECK_INT(IS(bead, .types = "bead.*,mail.*"), 1);
	CHECK_INT(IS(bead, .types = "!bead.*"), 0);
	CHECK_INT(IS(bead, .types = "bead.*", .actors = "x"), 0);
	CHECK_INT(IS(bead, .entities = "b-?"), 1);
	CHECK_INT(IS(bead, .sessions = "?*"), 0);
	CHECK_INT(IS(bead, .sessions = ""), 1);
	CHECK_INT(IS(bead, .correlations = "!x"), 1);
	CHECK_INT(IS(bare, .types = ""), 1);
	CHECK_INT(IS(bare, .types = "*"), 1);
	CHECK_INT(IS(bare, .types = "x"), 0);
}

static void
test_ranks(void)
{
	CHECK_INT(IS(bead, .level = "audit"), 0);
	CHECK_INT(IS(bead, .level = "ops"), 1);
	CHECK_INT(IS(timeless, .level = "ops"), 0);
	CHECK_INT(IS(timeless, .level = "debug"), 1);
	CHECK_INT(IS(bead, .severity = "3"), 1);
	CHECK_INT(IS(bead, .severity = "4"), 0);
	CHECK_INT(IS(bare, .severity = "0"), 0);
}

static void
test_times(void)
{
	CHECK_INT(IS(bead, .since_text = "2026-01-06 10:30"), 1);
	CHECK_INT(IS(bead, .until_text = "2026-01-06 10:30"), 0);
	CHECK_INT(IS(bead, .since_text = "3h"), 1);
	CHECK_INT(IS(bead, .period = "today"), 1);
	CHECK_INT(IS(bead, .period = "today", .since_text = "1h"), 0);
	CHECK_INT(IS(bead, .period = "2026", .until_text = "2026-01-06"), 0);
	CHECK_INT(IS(bead, .since_text = "now", .until_text = "now"), 0);
	CHECK_INT(IS(timeless, .since_text = "2000-01-01"), 0);
	CHECK_INT(IS(timeless, .types = "tool*"), 1);
}

static void
test_lists(void)
{
	CHECK_INT(IS(bead, .wheres = list("severity>2", "actor=mayor")), 1);
	CHECK_INT(IS(bead, .wheres = list("severity>2", "actor=x")), 0);
	CHECK_INT(IS(bead, .greps = list("MAYOR", NULL)), 0);
	CHECK_INT(IS(bead, .greps = list("evt-\\d", "\"a\\\\/b\"")), 1);
	CHECK_INT(IS(bead, .greps = list("evt-\\d", "nope")), 0);
}

static void
test_wrong(void)
{
	CHECK_STR(
	    wrong((struct ev_filter){ .wheres = list("severity>>3", NULL) }),
	    "-w 'severity>>3': column 10: expected a value");
	CHECK(strncmp(wrong((struct ev_filter){ .greps = list("a(", NULL) }),
		  "-g: pattern 'a(': ", 18) == 0);
	CHECK_STR(wrong((struct ev_filter){ .severity = "6" }),
	    "--severity 6: expected 0 to 5");
	CHECK_STR(wrong((struct ev_filter){ .level = "loud" }),
	    "--level loud: expected audit, ops or debug");
	CHECK(strncmp(wrong((struct ev_filter){ .since_text = "banana" }),
		  "--since: ", 9) == 0);
	CHECK(strncmp(wrong((struct ev_filter){ .period = "banana" }),
		  "--in: ", 6) == 0);
	CHECK_STR(wrong((struct ev_filter){
		      .since_text = "now", .until_text = "3h" }),
	    "--since now comes after --until 3h");
}

static const char *
literal(struct ev_filter filter)
{
	static char kept[100];
	struct ev_model *model = ev_model_new(NULL);
	const char *found = "error";

	if (ev_filter_compile(&filter, model, true, NULL) == 0)
		found = ev_filter_literal(&filter);
	snprintf(kept, sizeof(kept), "%s", found == NULL ? "" : found);
	ev_filter_clear(&filter);
	ev_model_free(model);
	return kept;
}

#define LITERAL(...) literal((struct ev_filter){ __VA_ARGS__ })

static void
test_literal(void)
{
	CHECK_STR(LITERAL(.types = NULL), "");
	CHECK_STR(LITERAL(.types = "bead.created"), "bead.created");
	CHECK_STR(LITERAL(.types = "bead.*ed?"), "bead.");
	CHECK_STR(LITERAL(.types = "b*,bead.x"), "");
	CHECK_STR(LITERAL(.types = "!bead.x"), "");
	CHECK_STR(LITERAL(.types = "be[a]d.x"), "");
	CHECK_STR(LITERAL(.types = "a/bcd*ef"), "");
	CHECK_STR(LITERAL(.entities = "a/bcd*efg"), "efg");
	CHECK_STR(LITERAL(.actors = ""), "");
	CHECK_STR(
	    LITERAL(.types = "bead.x", .actors = "mayor-of-it"), "mayor-of-it");
	CHECK_STR(LITERAL(.level = "audit", .severity = "5"), "");
	CHECK_STR(LITERAL(.greps = list("Mayor/x", NULL)), "Mayor/x");
	CHECK_STR(LITERAL(.greps = list("mayor", NULL)), "");
	CHECK_STR(LITERAL(.types = "abc", .wheres = list("actor=mayor", NULL)),
	    "mayor");
}

int
main(void)
{
	setenv("EV_NOW", "2026-01-06T13:00:00Z", 1);
	test_globs();
	test_ranks();
	test_times();
	test_lists();
	test_wrong();
	test_literal();
	return test_end();
}
