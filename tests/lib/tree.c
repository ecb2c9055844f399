#include "fold/patch.h"
#include "fold/spot.h"
#include "fold/tree.h"

#include <stdlib.h>

#include "padded.h"
#include "test.h"

static struct ev_node
node(const char *json)
{
	char *keep;
	struct ev_val val = padded_val(json, &keep);
	struct ev_node tree = ev_node_of(&val);

	free(keep);
	return tree;
}

static const char *
printed(const struct ev_node *tree)
{
	static struct ev_buf out;

	ev_buf_reset(&out);
	if (tree->kind != EV_NONE)
		ev_node_print(tree, &out);
	return ev_buf_str(&out);
}

static void
test_bytes(void)
{
	struct ev_node t =
	    node("{ \"n\" : 9007199254740993,\t\"x\":[ 1.10 ,1e400, \"a b\" ],"
		 "\"\\u00e9\":\"\\u00e9\\u0000\\ud800\"}");

	CHECK_STR(printed(&t),
	    "{\"n\":9007199254740993,\"x\":[1.10,1e400,\"a b\"],"
	    "\"\\u00e9\":\"\\u00e9\\u0000\\ud800\"}");
	ev_tree_put(&t, EV_SLICE("\xc3\xa9"), ev_node_int(-7));
	ev_tree_put(&t, EV_SLICE("a\"b"), ev_node_text(EV_SLICE("\n")));
	CHECK_STR(printed(&t),
	    "{\"n\":9007199254740993,\"x\":[1.10,1e400,\"a b\"],"
	    "\"\\u00e9\":-7,\"a\\\"b\":\"\\n\"}");
	CHECK(ev_tree_get(&t, EV_SLICE("a\\\"b")) == NULL);
	CHECK(ev_tree_get(&t, EV_SLICE("a\"b")) != NULL);
	ev_node_clear(&t);
	CHECK_INT(t.kind, EV_NONE);
}

static void
test_twice(void)
{
	struct ev_node t = node("{\"a\":1,\"b\":2,\"\\u0061\":3}"), copy;

	CHECK_INT(ev_tree_count(&t), 2);
	CHECK_STR(printed(&t), "{\"a\":3,\"b\":2}");
	copy = ev_node_copy(&t);
	CHECK(ev_node_same(&copy, &t));
	CHECK(ev_tree_rename(&t, EV_SLICE("a"), EV_SLICE("b")));
	CHECK_STR(printed(&t), "{\"b\":3}");
	CHECK(!ev_tree_rename(&t, EV_SLICE("a"), EV_SLICE("c")));
	CHECK(ev_tree_rename(&t, EV_SLICE("b"), EV_SLICE("b")));
	CHECK(!ev_node_same(&copy, &t));
	CHECK_STR(printed(&copy), "{\"a\":3,\"b\":2}");
	ev_node_clear(&copy);
	ev_node_clear(&t);
}

/* Borrowed bytes are copied when the tree is to last. */
static void
test_lent(void)
{
	char *keep;
	struct ev_val val = padded_val(
	    "{\"a rather long key\":\"a rather long text\",\"o\":{\"x\":"
	    "\"another long text\"}}",
	    &keep);
	struct ev_node t = ev_node_lend(&val);

	CHECK(ev_tree_get(&t, EV_SLICE("a rather long key")) != NULL);
	ev_node_own(&t);
	free(keep);
	CHECK_STR(printed(&t),
	    "{\"a rather long key\":\"a rather long text\",\"o\":{\"x\":"
	    "\"another long text\"}}");
	ev_node_clear(&t);
}

/* Enough members for an index and for holes that close up. */
static void
test_many(void)
{
	struct ev_node t = EV_NODE_NONE, *val;
	struct ev_buf key = EV_BUF_INIT, text = EV_BUF_INIT;
	uint32_t i, at = 0, sum = 0;

	for (i = 0; i < 3000; i++) {
		ev_buf_reset(&key);
		ev_buf_addf(&key, i % 2 ? "k%u" : "a key of some length %u", i);
		ev_tree_put(&t, ev_buf_slice(&key), ev_node_int(i));
	}
	for (i = 0; i < 3000; i++) {
		ev_buf_reset(&key);
		ev_buf_addf(&key, i % 2 ? "k%u" : "a key of some length %u", i);
		val = ev_tree_get(&t, ev_buf_slice(&key));
		CHECK(val != NULL && (uint32_t)atoi(ev_leaf_raw(val).p) == i);
		if (i % 3 != 0)
			CHECK(ev_tree_drop(&t, ev_buf_slice(&key)));
		if (i % 3 == 1)
			ev_tree_put(&t, ev_buf_slice(&key), ev_node_int(1));
	}
	CHECK_INT(ev_tree_count(&t), 2000);
	while ((val = ev_tree_next(&t, &at, NULL)) != NULL)
		sum++;
	CHECK_INT(sum, 2000);
	ev_node_print(&t, &text);
	CHECK(strstr(ev_buf_str(&text), "\"k2997\":2997") != NULL);
	CHECK(strstr(ev_buf_str(&text), "length 2\"") == NULL);
	ev_buf_clear(&text);
	ev_buf_clear(&key);
	ev_node_clear(&t);
}

/* An array with an index finds what is there, whatever became of it. */
static void
test_holds(void)
{
	struct ev_node t = EV_NODE_NONE, one = node("1.0");
	struct ev_node text = node("\"\\u0061\""), list = node("[3,{}]");
	uint32_t i;

	CHECK(!ev_tree_holds(&t, &one));
	for (i = 0; i < 100; i++)
		ev_tree_push(&t, ev_node_int(i + 2));
	CHECK(!ev_tree_holds(&t, &one));
	CHECK(!ev_tree_holds(&t, &text));
	ev_tree_push(&t, ev_node_int(1));
	ev_tree_push(&t, node("\"a\""));
	ev_tree_push(&t, node("[3e0, {}]"));
	CHECK(ev_tree_holds(&t, &one));
	CHECK(ev_tree_holds(&t, &text));
	CHECK(ev_tree_holds(&t, &list));
	CHECK(ev_tree_drop_at(&t, 100));
	CHECK(!ev_tree_holds(&t, &one));
	CHECK(ev_tree_holds(&t, &text));
	*ev_tree_at(&t, 100) = ev_node_int(1);
	CHECK(ev_tree_holds(&t, &one));
	CHECK(!ev_tree_holds(&t, &text));
	ev_node_clear(&t);
	ev_node_clear(&one);
	ev_node_clear(&text);
	ev_node_clear(&list);
}

static void
test_array(void)
{
	struct ev_node t = node("[1,{\"a\":[]},null]");

	ev_tree_push(&t, ev_node_text(EV_SLICE("x")));
	CHECK(ev_tree_drop_at(&t, 0));
	CHECK(!ev_tree_drop_at(&t, 3));
	CHECK(!ev_tree_drop(&t, EV_SLICE("a")));
	ev_tree_push(
	    ev_tree_get(ev_tree_at(&t, 0), EV_SLICE("a")), ev_node_int(5));
	CHECK_STR(printed(&t), "[{\"a\":[5]},null,\"x\"]");
	CHECK_INT(ev_tree_count(&t), 3);
	ev_node_clear(&t);
}

static void
patch(const char *tree, const char *with, const char *want)
{
	struct ev_node t = node(tree);

	ev_patch_apply(&t, node(with));
	CHECK_STR(printed(&t), want);
	ev_node_clear(&t);
}

/* The table of RFC 7396, appendix A. */
static void
test_patch(void)
{
	patch("{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}");
	patch("{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}");
	patch("{\"a\":\"b\"}", "{\"a\":null}", "{}");
	patch("{\"a\":\"b\",\"b\":\"c\"}", "{\"a\":null}", "{\"b\":\"c\"}");
	patch("{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}");
	patch("{\"a\":\"c\"}", "{\"a\":[\"b\"]}", "{\"a\":[\"b\"]}");
	patch("{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}",
	    "{\"a\":{\"b\":\"d\"}}");
	patch("{\"a\":[{\"b\":\"c\"}]}", "{\"a\":[1]}", "{\"a\":[1]}");
	patch("[\"a\",\"b\"]", "[\"c\",\"d\"]", "[\"c\",\"d\"]");
	patch("{\"a\":\"b\"}", "[\"c\"]", "[\"c\"]");
	patch("{\"a\":\"foo\"}", "null", "null");
	patch("{\"a\":\"foo\"}", "\"bar\"", "\"bar\"");
	patch("{\"e\":null}", "{\"a\":1}", "{\"e\":null,\"a\":1}");
	patch("[1,2]", "{\"a\":\"b\",\"c\":null}", "{\"a\":\"b\"}");
	patch("{}", "{\"a\":{\"bb\":{\"ccc\":null}}}", "{\"a\":{\"bb\":{}}}");
}

static void
test_merge(void)
{
	struct ev_node t = node("{\"a\":{\"x\":1},\"b\":2}");

	ev_patch_merge(&t, node("{\"a\":{\"y\":2},\"b\":null,\"c\":1.10}"));
	CHECK_STR(printed(&t), "{\"a\":{\"y\":2},\"b\":null,\"c\":1.10}");
	ev_patch_merge(&t, node("[1]"));
	CHECK_STR(printed(&t), "{\"a\":{\"y\":2},\"b\":null,\"c\":1.10}");
	ev_node_clear(&t);
}

/* What the patch between two makes of the first is the second. */
static void
between(const char *from, const char *to, const char *want, const char *lines)
{
	struct ev_node a = node(from), b = node(to);
	struct ev_node p = ev_patch_between(&a, &b);
	struct ev_buf out = EV_BUF_INIT;

	CHECK_STR(printed(&p), want);
	ev_patch_lines(&a, &b, EV_SLICE("e"), &out);
	CHECK_STR(ev_buf_str(&out), lines);
	if (p.kind != EV_NONE) {
		ev_patch_apply(&a, p);
		CHECK(ev_node_same(&a, &b));
	}
	ev_buf_clear(&out);
	ev_node_clear(&a);
	ev_node_clear(&b);
}

static void
test_between(void)
{
	between("{\"a\":1}", "{\"a\":1.0}", "", "");
	between("{\"a\":1,\"b\":{\"x\":[1],\"y\":2}}",
	    "{\"b\":{\"x\":[1,2],\"y\":2},\"c\":\"n\"}",
	    "{\"a\":null,\"b\":{\"x\":[1,2]},\"c\":\"n\"}",
	    "-e.a 1\n-e.b.x [1]\n+e.b.x [1,2]\n+e.c \"n\"\n");
	between("{\"a.b\":1}", "{}", "{\"a.b\":null}", "-e.a\\.b 1\n");
	between("{\"a\":{\"x\":1}}", "{\"a\":7}", "{\"a\":7}",
	    "-e.a {\"x\":1}\n+e.a 7\n");
}

static void
test_spot(void)
{
	struct ev_node t = node("{\"a\":1}");
	struct ev_path path;
	struct ev_err err;

	CHECK(ev_spot_parse(&path, EV_SLICE("a[].b"), &err) == -1);
	CHECK(ev_spot_parse(&path, EV_SLICE("a.b\\.c.d"), &err) == 0);
	CHECK(ev_spot_find(&t, &path) == NULL);
	CHECK(!ev_spot_drop(&t, &path));
	ev_spot_put(&t, &path, ev_node_int(2));
	CHECK_STR(printed(&t), "{\"a\":{\"b.c\":{\"d\":2}}}");
	CHECK(ev_spot_rename(&t, &path, EV_SLICE("e")));
	CHECK(!ev_spot_rename(&t, &path, EV_SLICE("e")));
	CHECK_STR(printed(&t), "{\"a\":{\"b.c\":{\"e\":2}}}");
	ev_spot_put(&t, &path, ev_node_word(EV_TRUE));
	CHECK(ev_spot_drop(&t, &path));
	CHECK_STR(printed(&t), "{\"a\":{\"b.c\":{\"e\":2}}}");
	ev_path_clear(&path);
	ev_node_clear(&t);
}

int
main(void)
{
	CHECK_INT(sizeof(struct ev_node), 16);
	test_bytes();
	test_twice();
	test_lent();
	test_many();
	test_holds();
	test_array();
	test_patch();
	test_merge();
	test_between();
	test_spot();
	return test_end();
}
