/* Rules from a file. */
#include "fold/rulefile.h"

#include "folding.h"
#include "scratch.h"

static struct ev_rules *
rules_of(const char *text, struct ev_err *err)
{
	scratch_put("r.json", text);
	return ev_rulefile_read(scratch("r.json"), err);
}

/* Reading and compiling say this (behind the directory). */
static void
wrong(const char *text, const char *want)
{
	struct ev_err err = { "" };
	struct ev_rules *rules = rules_of(text, &err);
	struct ev_model *model = ev_model_new(NULL);
	struct ev_fold *fold = NULL;
	const char *got;

	if (rules != NULL)
		fold = ev_fold_new(rules, model, &err);
	CHECK(fold == NULL);
	got = strstr(err.text, "r.json:");
	CHECK_STR(got != NULL ? got : err.text, want);
	ev_fold_free(fold);
	ev_rulefile_free(rules);
	ev_model_free(model);
}

#define TABLE(rules) \
	"{\"tables\":[\n{\"view\":\"v\",\"entity\":\"data.id\",\"rules\":[\n" rules \
	"]}]}"

static void
test_wrong(void)
{
	wrong("", "r.json:1: nothing in it");
	wrong("\n\n{\"tables\":[\n}", "r.json:4: not JSON");
	wrong("[]", "r.json:1: not an object");
	wrong("{}", "r.json:1: no 'tables'");
	wrong("{\"tables\":{}}", "r.json:1: 'tables' is not an array");
	wrong(
	    "{\"tables\":[],\"tables\":[]}", "r.json:1: 'tables' stands twice");
	wrong("{\"table\":[]}",
	    "r.json:1: unknown member 'table', meant 'tables'?");
	wrong("{\"tables\":[{\"view\":\"\"}]}", "r.json:1: 'view' is empty");
	wrong("{\"tables\":[{\"view\":\"a\\u0000b\"}]}",
	    "r.json:1: a NUL in 'view'");
	wrong("{\"tables\":[\n\n{\"view\":\"v\",\"rules\":[]}]}",
	    "r.json:3: no 'entity'");
	wrong("{\"tables\":[{\"view\":\"v\",\"entity\":\"a..b\","
	      "\"rules\":[]}]}",
	    "r.json:1: path 'a..b': "
	    "an empty key");
	wrong(TABLE("5"), "r.json:3: not an object");
	wrong(TABLE("{}"), "r.json:3: no 'op'");
	wrong(TABLE("{\"op\":\"sett\"}"),
	    "r.json:3: unknown operation 'sett', meant 'set'?");
	wrong(TABLE("{\"op\":5}"), "r.json:3: 'op' is not a string");
	wrong(TABLE("{\"op\":\"put\",\"from\":\"x\"}"),
	    "r.json:3: put needs 'at'");
	wrong(TABLE("{\"op\":\"put\",\"at\":\"x\"}"),
	    "r.json:3: put needs 'from' or 'value'");
	wrong(TABLE("{\"op\":\"set\",\"from\":\"x\",\"at\":\"y\"}"),
	    "r.json:3: set takes no 'at'");
	wrong(TABLE("{\"op\":\"put\",\"at\":\"y\",\"from\":\"x\","
		    "\"value\":1}"),
	    "r.json:3: both 'from' and 'value' in one rule");
	wrong(TABLE("{\"op\":\"put\",\"at\":\"y\",\"from\":\"x\","
		    "\"unique\":true}"),
	    "r.json:3: put takes no 'unique'");
	wrong(TABLE("{\"op\":\"put\",\"at\":\"y\",\"from\":\"x\","
		    "\"first\":1}"),
	    "r.json:3: 'first' is not true or false");
	wrong(TABLE("{\"op\":\"put\",\"at\":\"y[]\",\"from\":\"x\"}"),
	    "r.json:3: path 'y[]': no place in a state");
	wrong(TABLE("{\"op\":\"put\",\"at\":\"y\",\n\"from\":\"x[\"}"),
	    "r.json:3: path 'x[': a lone [");
	wrong(TABLE("{\"op\":\"add\",\"at\":\"y\",\n\"value\":\"1\"}"),
	    "r.json:4: a 'value' that add can do nothing with");
	wrong(TABLE("{\"op\":\"ratio\",\"at\":\"y\",\"from\":\"a\"}"),
	    "r.json:3: ratio needs 'by'");
	wrong(TABLE("{\"op\":\"ratio\",\"at\":\"y\",\"value\":1,\"by\":\"a\"}"),
	    "r.json:3: ratio needs 'from'");
	wrong(TABLE("{\"op\":\"rename\",\"value\":\"x\"}"),
	    "r.json:3: rename needs 'from'");
	wrong(TABLE("{\"op\":\"remove\",\"at\":\"x\"},\n{\"op\":\"remove\","
		    "\"at\":\"x\",\"when\":\"a = \"}"),
	    "r.json:4: 'when': column 5: expected a value");
	wrong(TABLE("{\"op\":\"remove\",\"at\":\"x\",\"state\":{\"a..\":1}}"),
	    "r.json:3: path 'a..': an empty key");
}

/* Every operation, each in its own place. */
static void
test_operations(void)
{
	static const char text[] =
	    "\xef\xbb\xbf{\"tables\": [\r\n"
	    "{\"view\":\"things\",\"dialect\":\"vermas\",\"type\":\"t.*\","
	    "\"entity\":\"data.ids[], data.id\",\"rules\":[\n"
	    "{\"type\":\"t.set\",\"op\":\"set\",\"from\":\"data.o\"},\n"
	    "{\"type\":\"t.merge\",\"op\":\"merge\",\"at\":\"m\","
	    "\"from\":\"data.o\"},\n"
	    "{\"type\":\"t.patch\",\"op\":\"patch\",\"value\":"
	    "{\"a\":null,\"k\":{\"x\":null,\"y\":1.10}}},\n"
	    "{\"op\":\"put\",\"at\":\"by.who\",\"from\":\"actor, event_id\"},"
	    "{\"type\":\"t.list\",\"op\":\"append\",\"at\":\"l\","
	    "\"from\":\"data.l[]\"},\n"
	    "{\"type\":\"t.list\",\"op\":\"append\",\"at\":\"u\","
	    "\"from\":\"data.l[]\",\"unique\":true},\n"
	    "{\"type\":\"t.cut\",\"op\":\"remove\",\"at\":\"l\","
	    "\"value\":1.0},\n"
	    "{\"type\":\"t.cut\",\"op\":\"remove\",\"at\":\"u\"},\n"
	    "{\"op\":\"add\",\"at\":\"n\",\"value\":9007199254740993},\n"
	    "{\"op\":\"max\",\"at\":\"top\",\"from\":\"data.n\"},\n"
	    "{\"type\":\"t.name\",\"op\":\"rename\",\"at\":\"m\","
	    "\"value\":\"mm\"},\n"
	    "{\"op\":\"ratio\",\"at\":\"r\",\"from\":\"top\",\"by\":\"n\"},\n"
	    "{\"when\":\"data.n > 2\",\"state\":{\"big\":null},"
	    "\"op\":\"put\",\"at\":\"big\",\"from\":\"type\"},\n"
	    "{\"first\":true,\"op\":\"put\",\"at\":\"first\","
	    "\"value\":true}\n]}]}\n";
	static const char *const log[] = {
		"{\"event_type\":\"t.set\",\"event_id\":\"1\",\"data\":{"
		"\"ids\":[\"a\",\"b\",\"a\"],\"o\":{\"a\":1},\"n\":2}}",
		"{\"event_type\":\"t.merge\",\"actor\":\"me\",\"data\":{"
		"\"id\":\"a\",\"o\":{\"x\":null},\"n\":10}}",
		"{\"event_type\":\"t.list\",\"data\":{\"id\":\"b\","
		"\"l\":[1,\"1\",1.0,null],\"n\":\"x\"}}",
		"{\"event_type\":\"t.cut\",\"data\":{\"id\":\"b\",\"n\":3}}",
		"{\"event_type\":\"t.patch\",\"data\":{\"id\":\"a\"}}",
		"{\"event_type\":\"t.name\",\"data\":{\"id\":\"a\"}}",
		"{\"event_type\":\"s.set\",\"data\":{\"id\":\"c\"}}",
		"{\"event_type\":\"bead.created\",\"data\":"
		"{\"bead_id\":\"d\"}}",
		NULL
	};
	struct ev_err err = { "" };
	struct ev_rules *rules = rules_of(text, &err);
	struct folding f;

	CHECK_STR(err.text, "");
	if (rules == NULL)
		return;
	folding_open(&f, rules, log);
	CHECK_STR(folding_view(&f, "things"),
	    "{\"id\":\"a\",\"by\":{\"who\":\"me\"},\"n\":36028797018963972,"
	    "\"top\":10,\"r\":2.7755575615628914e-16,\"first\":true,"
	    "\"mm\":{\"x\":null},\"big\":\"t.merge\",\"k\":{\"y\":1.10}}\n"
	    "{\"id\":\"b\",\"a\":1,\"by\":{\"who\":\"1\"},"
	    "\"n\":27021597764222979,\"top\":3,"
	    "\"r\":1.1102230246251564e-16,\"first\":true,"
	    "\"l\":[\"1\",null],\"big\":\"t.list\"}\n");
	CHECK_INT(ev_fold_view(f.fold, "issues"), -1);
	CHECK_STR(folding_state(&f, "d"), "none");
	folding_close(&f);
	ev_rulefile_free(rules);
}

/* An entity that has the state of another one since it was renamed is no new
 * one for the rules behind; a state of null is no value or null. */
static void
test_state(void)
{
	static const char text[] =
	    TABLE("{\"op\":\"rename\",\"from\":\"data.old\"},"
		  "{\"first\":true,\"op\":\"put\",\"at\":\"seen\","
		  "\"from\":\"data.n\"},"
		  "{\"op\":\"put\",\"at\":\"none\",\"value\":null},"
		  "{\"state\":{\"none\":null},\"op\":\"put\","
		  "\"at\":\"null\",\"value\":true}");
	static const char *const log[] = {
		"{\"event_type\":\"t\",\"event_id\":\"1\",\"data\":{"
		"\"id\":\"a\",\"n\":1}}",
		"{\"event_type\":\"t\",\"event_id\":\"2\",\"data\":{"
		"\"id\":\"b\",\"old\":\"a\",\"n\":2}}",
		NULL
	};
	struct ev_err err = { "" };
	struct ev_rules *rules = rules_of(text, &err);
	struct folding f;

	CHECK_STR(err.text, "");
	folding_open(&f, rules, log);
	CHECK_STR(folding_view(&f, "v"),
	    "{\"id\":\"b\",\"seen\":1,\"none\":null,\"null\":true}\n");
	folding_close(&f);
	ev_rulefile_free(rules);
}

int
main(void)
{
	scratch_begin();
	test_wrong();
	test_operations();
	test_state();
	scratch_end();
	return test_end();
}
