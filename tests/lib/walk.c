#include "json/walk.h"

#include "base/buf.h"
#include "padded.h"
#include "test.h"

/* "k=raw kind;" for every member. */
static const char *
walked(const char *json)
{
	static struct ev_buf out;
	struct ev_val root, key, val;
	struct ev_walk w;
	char *keep;

	ev_buf_reset(&out);
	root = padded_val(json, &keep);
	ev_walk_begin(&w, &root);
	while (ev_walk_next(&w, &key, &val)) {
		if (key.kind == EV_STRING)
			ev_buf_addslice(&out, ev_val_slice(&key));
		ev_buf_addf(&out, "%s=", key.escaped ? "!" : "");
		ev_buf_addslice(&out, ev_val_raw(&val));
		ev_buf_addf(&out, " %d%s;", val.kind, val.escaped ? "!" : "");
	}
	CHECK(!ev_walk_next(&w, NULL, &val));
	free(keep);
	return ev_buf_str(&out);
}

static void
test_walk(void)
{
	CHECK_STR(walked("{}"), "");
	CHECK_STR(walked(" [ ] "), "");
	CHECK_STR(walked("\"x\""), "");
	CHECK_STR(walked("7"), "");
	CHECK_STR(walked("{\"a\":1}"), "a=1 4;");
	CHECK_STR(walked("[null,true , false,-1.5e+3,\"s\",{},[]]"),
	    "=null 1;=true 3;=false 2;=-1.5e+3 4;=\"s\" 5;={} 6;=[] 7;");
	CHECK_STR(walked("{ \"a\" : { \"b\" : [ 1 , \"}]\" ] } ,\t\"c\\\"\":"
			 "\"\\\\\" , \"\" : \"\" } "),
	    "a={ \"b\" : [ 1 , \"}]\" ] } 6;c\\\"!=\"\\\\\" 5!;=\"\" 5;");
	CHECK_STR(
	    walked("[[[\"a\\\"]\"],[]],0]"), "=[[\"a\\\"]\"],[]] 7;=0 4;");
	CHECK_STR(walked("[\"a string that is long enough for \\\\ blocks\","
			 "\"01234567\\\"\"]"),
	    "=\"a string that is long enough for \\\\ blocks\" 5!;"
	    "=\"01234567\\\"\" 5!;");
}

static int
collect(void *arg, const struct ev_val *val)
{
	struct ev_buf *out = arg;

	ev_buf_addslice(out, ev_val_raw(val));
	ev_buf_addc(out, ';');
	/* a number ends the walk */
	return val->kind == EV_NUMBER ? 9 : 0;
}

static const char *
found(const char *json, const char *text, int want)
{
	static struct ev_buf out;
	struct ev_path path;
	struct ev_val root;
	char *keep;

	ev_buf_reset(&out);
	CHECK(ev_path_parse(&path, ev_slice_of(text), NULL) == 0);
	root = padded_val(json, &keep);
	CHECK_INT(ev_path_each(&path, 0, &root, collect, &out), want);
	ev_path_clear(&path);
	free(keep);
	return ev_buf_str(&out);
}

static void
test_each(void)
{
	static const char items[] =
	    "{\"a\":[{\"id\":\"x\"},3,{\"id\":null},"
	    "{\"id\":\"y\",\"id\":\"z\"},[{\"id\":1}]]}";
	struct ev_path none = EV_PATH_INIT;
	struct ev_val root;
	struct ev_buf out = EV_BUF_INIT;
	char *keep;

	CHECK_STR(found("{\"a\":\"v\"}", "a", 0), "\"v\";");
	CHECK_STR(found("{\"a\":\"v\"}", "b", 0), "");
	CHECK_STR(found("{\"a\":{\"b\":{}}}", "a.b", 0), "{};");
	CHECK_STR(found("{\"a\":\"v\"}", "a.b", 0), "");
	CHECK_STR(found("{\"a\":\"v\"}", "a[]", 0), "");
	CHECK_STR(found("{\"a\":{\"x\":1}}", "a[]", 0), "");
	CHECK_STR(found("{\"a\":[]}", "a[]", 0), "");
	CHECK_STR(found("[{\"a\":0}]", "a", 0), "");
	CHECK_STR(found("{\"a\":[\"x\",true,[]]}", "a[]", 0), "\"x\";true;[];");
	CHECK_STR(found("{\"a\":[\"x\",1,true]}", "a[]", 9), "\"x\";1;");
	CHECK_STR(found(items, "a[].id", 0), "\"x\";null;\"z\";");
	CHECK_STR(found(items, "a[][].id", 9), "1;");
	CHECK_STR(found("{\"a\":[[\"p\"],[\"q\",\"r\"]]}", "a[][]", 0),
	    "\"p\";\"q\";\"r\";");
	/* the last of equal keys, also when it is of another kind */
	CHECK_STR(found("{\"a\":{\"b\":1},\"a\":{\"c\":2}}", "a.b", 0), "");
	CHECK_STR(
	    found("{\"a\":{\"b\":1},\"\\u0061\":{\"b\":\"n\"}}", "a.b", 0),
	    "\"n\";");
	CHECK_STR(found("{\"a\":[true],\"a\":null}", "a[]", 0), "");
	CHECK_STR(found("{\"x.y\":true}", "x\\.y", 0), "true;");
	root = padded_val("{\"a\":true}", &keep);
	CHECK_INT(ev_path_each(&none, 0, &root, collect, &out), 0);
	CHECK_STR(ev_buf_str(&out), "{\"a\":true};");
	ev_buf_clear(&out);
	free(keep);
}

int
main(void)
{
	test_walk();
	test_each();
	return test_end();
}
