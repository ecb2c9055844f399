#include "filter/expr.h"

#include <stdlib.h>
#include <string.h>

#include "padded.h"
#include "test.h"

static const char bead[] =
    "{\"event_id\":\"evt-1\",\"event_type\":\"bead.created\","
    "\"timestamp\":\"2026-01-06T10:30:00Z\",\"actor\":\"may\\u006fr\","
    "\"correlation_id\":null,\"data\":{\"bead_id\":\"b-7\","
    "\"n\":1.10,\"big\":9007199254740993,\"five\":\"5\","
    "\"due\":\"2026-01-07T00:00:00+01:00\",\"ok\":true,\"no\":null,"
    "\"tags\":[\"ui\",\"d\\u0062\",3],\"none\":[],\"a.b\":\"dot\","
    "\"my key\":\"k\",\"items\":[{\"id\":1},{\"id\":2}],"
    "\"obj\":{\"x\":1},\"line\":\"high\"},\"type\":\"literal\",\"severity\":\"4\"}";

/* 1 match, 0 none, -1 not an expression (*err), -2 not an event. */
static int
asked(const char *text, const char *json, struct ev_err *err)
{
	struct ev_model *model = ev_model_new(NULL);
	struct ev_expr *expr = ev_expr_new(text, model, true, err);
	char *line = padded(json, strlen(json));
	struct ev_event *ev;
	int r = -1;

	ev_model_seal(model);
	ev = ev_event_new(model);
	if (expr != NULL)
		r = ev_event_read(ev, line, strlen(json)) != EV_SCAN_OK ?
		    -2 :
		    ev_expr_match(expr, ev);
	ev_event_free(ev);
	ev_expr_free(expr);
	ev_model_free(model);
	free(line);
	return r;
}

static int
is(const char *text)
{
	struct ev_err err = { "" };
	int r = asked(text, bead, &err);

	if (r < 0)
		printf("%s: %s\n", text, err.text);
	return r;
}

static const char *
wrong(const char *text)
{
	static struct ev_err err;

	ev_fail(&err, "accepted");
	asked(text, bead, &err);
	return err.text;
}

static void
test_text(void)
{
	CHECK_INT(is("type = bead.created"), 1);
	CHECK_INT(is("type='bead.created'"), 1);
	CHECK_INT(is("type != bead.created"), 0);
	CHECK_INT(is(".type = literal and event_type != literal"), 1);
	CHECK_INT(is("actor=mayor"), 1);
	CHECK_INT(is("actor < mayoral and actor > mayo"), 1);
	CHECK_INT(is("type *= bead.*"), 1);
	CHECK_INT(is("type*=bead.?reated"), 1);
	CHECK_INT(is("type *= created"), 0);
	CHECK_INT(is("type ~ CREATED"), 0);
	CHECK_INT(is("type ~ ^BEAD|^bead\\."), 1);
	CHECK_INT(is("type ~ 'bead\\.\\w+$'"), 1);
	CHECK_INT(is("actor ~ 'YOR'"), 0);
	CHECK_INT(is("actor !~ z$"), 1);
	CHECK_INT(is("raw ~ '\"my key\"'"), 1);
	CHECK_INT(is("dialect = vermas and category = bead"), 1);
	CHECK_INT(is("id = evt-1"), 1);
	CHECK_INT(is("entity in (b-6, 'b-7' ,b-8)"), 1);
	CHECK_INT(is("entity in (b-6)"), 0);
	CHECK_INT(is("not (entity in (b-6))"), 1);
}

static void
test_paths(void)
{
	CHECK_INT(is("data.a\\.b = dot"), 1);
	CHECK_INT(is("'data.my key' = k"), 1);
	CHECK_INT(is("'type' = literal"), 1);
	CHECK_INT(is("data.obj = '{\"x\":1}'"), 1);
	CHECK_INT(is("data.obj.x = 1"), 1);
	CHECK_INT(is("data.items[].id = 2"), 1);
	CHECK_INT(is("data.items[].id > 2"), 0);
	CHECK_INT(is("data.items[].id != 2"), 0);
	CHECK_INT(is("data.items[].id != 3"), 1);
	CHECK_INT(is("data.tags = db"), 1);
	CHECK_INT(is("data.tags[] = db"), 1);
	CHECK_INT(is("data.tags = 3.0"), 1);
	CHECK_INT(is("data.tags != ui"), 0);
	CHECK_INT(is("data.tags !~ ^u"), 0);
	CHECK_INT(is("data.tags !~ ^x"), 1);
	CHECK_INT(is("data.tags in (x, ui)"), 1);
	CHECK_INT(is("data.none = x"), 0);
	CHECK_INT(is("data.none != x"), 1);
}

static void
test_missing(void)
{
	CHECK_INT(is("session = x"), 0);
	CHECK_INT(is("session = ''"), 0);
	CHECK_INT(is("session != x"), 1);
	CHECK_INT(is("session !~ ."), 1);
	CHECK_INT(is("session ~ ''"), 0);
	CHECK_INT(is("session *= '*'"), 0);
	CHECK_INT(is("data.zip < 3"), 0);
	CHECK_INT(is("data.zip in (null)"), 0);
	CHECK_INT(is("data.no = null"), 1);
	CHECK_INT(is("data.no = 'null'"), 0);
	CHECK_INT(is("data.no != null"), 0);
	CHECK_INT(is("data.no = ''"), 0);
	CHECK_INT(is("data.no ~ ''"), 0);
	CHECK_INT(is("data.no?"), 0);
	CHECK_INT(is("data.none?"), 1);
	CHECK_INT(is("data.ok ? and type?"), 1);
	CHECK_INT(is("correlation?"), 0);
	CHECK_INT(is("id? and raw? and not session?"), 1);
	CHECK_INT(is("time?"), 1);
}

static void
test_numbers(void)
{
	CHECK_INT(is("data.n = 1.1"), 1);
	CHECK_INT(is("data.n = 11e-1"), 1);
	CHECK_INT(is("data.n = '1.1'"), 0);
	CHECK_INT(is("data.n = '1.10'"), 1);
	CHECK_INT(is("data.n < '2'"), 0);
	CHECK_INT(is("data.n < two"), 0);
	CHECK_INT(is("data.n >= 1.1 and data.n <= 1.1"), 1);
	CHECK_INT(is("data.n > .5 and data.n < 1.5"), 1);
	CHECK_INT(is("data.n > -.5"), 1);
	CHECK_INT(is("data.n < .5"), 0);
	CHECK_INT(is("data.n > -."), 0);
	CHECK_INT(is("data.big = 9007199254740992"), 0);
	CHECK_INT(is("data.big > 9007199254740992"), 1);
	CHECK_INT(is("data.five = 5"), 1);
	CHECK_INT(is("data.five = 5.0"), 0);
	CHECK_INT(is("severity >= 4"), 1);
	CHECK_INT(is("severity = 4.0"), 1);
	CHECK_INT(is("severity > 4"), 0);
	/* a text in the place of a number is neither more nor less */
	CHECK_INT(is("line > 1"), 0);
	CHECK_INT(is("line < 1"), 0);
	CHECK_INT(is("line != 1"), 1);
	CHECK_INT(is("line = high"), 1);
	CHECK_INT(is("data.ok = true"), 1);
	CHECK_INT(is("data.ok = false"), 0);
	CHECK_INT(is("data.ok > false"), 0);
}

static void
test_times(void)
{
	CHECK_INT(is("time = 2026-01-06T10:30:00Z"), 1);
	CHECK_INT(is("time = 2026-01-06T11:30:00+01:00"), 1);
	CHECK_INT(is("time = 2026-01-06"), 0);
	CHECK_INT(is("time > 2026-01-06 and time < 2026-01-07"), 1);
	CHECK_INT(is("time < '2 hours ago'"), 1);
	CHECK_INT(is("time >= -2h"), 0);
	CHECK_INT(is("time ~ ^2026-01-06T10"), 1);
	CHECK_INT(is("time *= 2026-01-06*"), 1);
	CHECK_INT(is("data.due = 2026-01-06T23:00:00Z"), 1);
	CHECK_INT(is("data.due > 2026-01-06T23:00:01Z"), 0);
	CHECK_INT(is("data.due != '2026-01-06 23:00'"), 0);
	CHECK_INT(is("data.due < 2026-01-07"), 1);
	CHECK_INT(asked("time = 1", "{\"id\":1,\"type\":\"x\"}", NULL), -1);
	CHECK_INT(asked("time > 2000-01-01", "{\"type\":\"x\"}", NULL), 0);
	CHECK_INT(asked("time != 2000-01-01", "{\"type\":\"x\"}", NULL), 1);
}

static void
test_levels(void)
{
	static const char debug[] = "{\"type\":\"viewport_x\"}";

	CHECK_INT(is("level = ops"), 1);
	CHECK_INT(is("level > audit and level < debug"), 1);
	CHECK_INT(asked("level > ops", debug, NULL), 1);
	CHECK_INT(asked("level <= ops", debug, NULL), 0);
	CHECK_INT(asked("id ~ ^~ and not id?", debug, NULL), 1);
	CHECK_INT(asked("id = ~0123456789abcdef", debug, NULL), 0);
	CHECK_INT(asked("id in (~01,~02)", debug, NULL), 0);
}

static void
test_logic(void)
{
	CHECK_INT(is("id=evt-1 or id=x and id=y"), 1);
	CHECK_INT(is("(id=evt-1 or id=x) and id=y"), 0);
	CHECK_INT(is("NOT id=x AND Not(id=y)Or id=z"), 1);
	CHECK_INT(is("not not id=evt-1"), 1);
	CHECK_INT(is("not (id=x or id=evt-1)"), 0);
	CHECK_INT(is("id=x or id=y or id=z"), 0);
	CHECK_INT(is("id=x or id=y or id=evt-1"), 1);
	CHECK_INT(is("((((id=evt-1))))"), 1);
	CHECK_INT(is(" \tid = evt-1\n"), 1);
	CHECK_INT(is("nothing != 1 and order != 2 and inner != 3"), 1);
	CHECK_INT(is(".and != 1 and in != 2"), 1);
}

static void
test_wrong(void)
{
	char deep[400];

	CHECK_STR(wrong("severity>>3"), "column 10: expected a value");
	CHECK_STR(wrong(""), "column 1: expected a field");
	CHECK_STR(wrong("and"), "column 1: expected a field");
	CHECK_STR(wrong("id=1 and  or id=2"), "column 11: expected a field");
	CHECK_STR(wrong("id"),
	    "column 3: expected an operator "
	    "(= != < <= > >= ~ !~ *= ? in)");
	CHECK_STR(wrong("id="), "column 4: expected a value");
	CHECK_STR(wrong("id =~ x"), "column 5: expected a value");
	CHECK_STR(wrong("id == x"), "column 5: expected a value");
	CHECK_STR(wrong("id=1 id=2"), "column 6: expected and, or, or the end");
	CHECK_STR(wrong("(id=1"), "column 6: expected and, or, )");
	CHECK_STR(wrong("id=1)"), "column 5: expected and, or, or the end");
	CHECK_STR(wrong("id in 1"), "column 7: expected ( behind in");
	CHECK_STR(wrong("id in ()"), "column 8: expected a value");
	CHECK_STR(wrong("id in (1 2)"), "column 10: expected , or )");
	CHECK_STR(wrong("id='x"), "column 4: the ' is never closed");
	CHECK_STR(wrong("\xc3\xa9='x' and"), "column 10: expected a field");
	CHECK_STR(wrong("severity > high"), "column 12: expected a number");
	CHECK(
	    strncmp(wrong("a..b=1"), "column 1: expected a field: ", 28) == 0);
	CHECK(strncmp(wrong(".=1"), "column 1: expected a field: ", 28) == 0);
	CHECK(strncmp(wrong("time > banana"),
		  "column 8: expected a time: ", 27) == 0);
	CHECK(strncmp(wrong("id ~ 'a('"), "column 6: pattern 'a(': ", 24) == 0);
	memset(deep, '(', 101);
	memcpy(deep + 101, "id=1", 5);
	CHECK_STR(wrong(deep), "more than 100 parentheses in each other");
	memset(deep, '(', 100);
	memcpy(deep + 100, "id=evt-1", 8);
	memset(deep + 108, ')', 100);
	deep[208] = '\0';
	CHECK_INT(is(deep), 1);
}

static const char *
literal(const char *text)
{
	static char kept[100];
	struct ev_model *model = ev_model_new(NULL);
	struct ev_expr *expr = ev_expr_new(text, model, true, NULL);
	const char *found = expr == NULL ? "error" : ev_expr_literal(expr);

	snprintf(kept, sizeof(kept), "%s", found == NULL ? "" : found);
	ev_expr_free(expr);
	ev_model_free(model);
	return kept;
}

static void
test_literal(void)
{
	CHECK_STR(literal("type = bead.created"), "bead.created");
	CHECK_STR(literal("type=abc and actor='longer' and id=x"), "longer");
	CHECK_STR(literal("data.x = 'two words'"), "two words");
	CHECK_STR(literal("data.x = '12345'"), "12345");
	CHECK_STR(literal("raw ~ 'Error: /etc'"), "Error: /etc");
	CHECK_STR(literal("type ~ '^Bead'"), "Bead");
	CHECK_STR(literal("data.x = 12345"), "");
	CHECK_STR(literal("data.x = 2026-01-06"), "");
	CHECK_STR(literal("type = a/bc"), "");
	CHECK_STR(literal("type = 'ab\"c'"), "");
	CHECK_STR(literal("type = \"caf\xc3\xa9\""), "");
	CHECK_STR(literal("type = ab"), "");
	CHECK_STR(literal("type != abcd"), "");
	CHECK_STR(literal("not type = abcd"), "");
	CHECK_STR(literal("not (type = abcd and actor = efgh)"), "");
	CHECK_STR(literal("type = abcd or actor = efgh"), "");
	CHECK_STR(literal("type > abcd"), "");
	CHECK_STR(literal("type in (abcd, efgh)"), "");
	CHECK_STR(literal("type ~ bead"), "");
	CHECK_STR(literal("level = audit"), "");
	CHECK_STR(literal("category = bead"), "");
	CHECK_STR(literal("dialect = vermas"), "");
	CHECK_STR(literal("id = ~0123456789abcdef"), "");
	CHECK_STR(literal("severity = '100'"), "");
}

int
main(void)
{
	setenv("EV_NOW", "2026-01-06T13:00:00Z", 1);
	test_text();
	test_paths();
	test_missing();
	test_numbers();
	test_times();
	test_levels();
	test_logic();
	test_wrong();
	test_literal();
	return test_end();
}
