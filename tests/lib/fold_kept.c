/* Checkpoints, and what differs between two folds. */
#include "fold/builtin.h"
#include "fold/change.h"
#include "fold/checkpoint.h"
#include "fold/tree.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "folding.h"
#include "scratch.h"

#define BEAD(type, id, rest) \
	"{\"event_type\":\"bead." type "\",\"data\":{\"bead_id\":\"" id \
	"\"" rest "}}"

#define ISSUE(type, id, old) \
	"{\"id\":\"1\",\"issue_id\":\"" id "\",\"event_type\":\"" type \
	"\",\"actor\":\"a\",\"old_value\":\"" old \
	"\",\"new_value\":\"\",\"created_at\":\"2026-01-01T00:00:00Z\"}"

/* i-1 has another name since: it is gone. */
static const char *const before[] = { ISSUE("created", "i-1", ""),
	ISSUE("renamed", "i-2", "i-1"),
	BEAD("created", "a", ",\"n\":1.10,\"o\":{\"x\":1,\"y\":null}"),
	BEAD("created", "g", ""), BEAD("created", "\\u00e9\\n", ""),
	"{\"event_type\":\"mail.sent\",\"data\":{\"message_id\":\"m\"}}",
	NULL };
static const char *const after[] = {
	BEAD("updated", "a", ",\"changes\":{\"o\":{\"x\":2,\"y\":null}}"),
	BEAD("hooked", "b", ",\"agent\":\"p\""),
	"{\"event_type\":\"mail.sent\",\"data\":{\"message_id\":\"m\"}}", NULL
};

static const char *path;

static void
feed(struct folding *f, const char *const *lines)
{
	for (; *lines != NULL; lines++)
		folding_feed(f, ev_slice_of(*lines));
}

/* Half the log, a checkpoint, the other half: the same as all of it. */
static void
test_continue(void)
{
	struct folding whole, half, rest;
	struct ev_buf at = EV_BUF_INIT, want = EV_BUF_INIT;
	struct ev_err err = { "" };
	size_t n, m, i;
	uint32_t *all, *got;

	folding_open(&whole, ev_rules_builtin(), before);
	feed(&whole, after);
	folding_open(&half, ev_rules_builtin(), before);
	CHECK_INT(
	    ev_checkpoint_save(path, half.fold, EV_SLICE("log\n7"), &err), 0);
	folding_start(&rest, ev_rules_builtin());
	CHECK_INT(ev_checkpoint_load(path, rest.fold, &at, &err), 1);
	CHECK_STR(ev_buf_str(&at), "log\n7");
	feed(&rest, after);
	all = ev_fold_entities(whole.fold, -1, &n);
	got = ev_fold_entities(rest.fold, -1, &m);
	CHECK_INT(n, m);
	CHECK_STR(folding_state(&rest, "i-1"), "none");
	CHECK(strcmp(folding_state(&rest, "i-2"), "none") != 0);
	for (i = 0; i < n; i++) {
		ev_buf_reset(&at);
		ev_buf_reset(&want);
		ev_fold_pair(rest.fold, got[i], &at);
		ev_fold_pair(whole.fold, all[i], &want);
		CHECK_STR(ev_buf_str(&at), ev_buf_str(&want));
	}
	free(all);
	free(got);
	ev_buf_clear(&at);
	ev_buf_clear(&want);
	folding_close(&whole);
	folding_close(&half);
	folding_close(&rest);
}

/* What the file must not be used for; it is whole again afterwards. */
static void
refused(
    const struct ev_rules *rules, const struct ev_buf *text, const char *why)
{
	struct folding f;
	struct ev_buf at = EV_BUF_INIT;
	struct ev_err err = { "" };
	FILE *file = fopen(path, "w");
	size_t count;

	CHECK(file != NULL);
	fwrite(text->p, 1, text->n, file);
	fclose(file);
	folding_start(&f, rules);
	CHECK_INT(ev_checkpoint_load(path, f.fold, &at, &err), 0);
	CHECK(strstr(err.text, why) != NULL);
	CHECK_INT(at.n, 0);
	free(ev_fold_entities(f.fold, -1, &count));
	CHECK_INT(count, 0);
	folding_close(&f);
	ev_buf_clear(&at);
}

static void
test_refused(void)
{
	struct ev_buf text = EV_BUF_INIT;
	struct folding f;
	struct ev_err err = { "" };
	size_t i;
	char was;

	folding_open(&f, ev_rules_builtin(), before);
	unlink(path);
	CHECK_INT(ev_checkpoint_load(path, f.fold, &text, &err), 0);
	CHECK_INT(ev_checkpoint_save(path, f.fold, EV_SLICE("p"), &err), 0);
	folding_close(&f);
	CHECK_INT(ev_read_file(path, &text, 1 << 20, &err), 0);
	refused(ev_rules_seed(), &text, "the rules are others");
	for (i = 0; i < text.n; i++) {
		was = text.p[i];
		text.p[i] = was == 'x' ? 'y' : 'x';
		refused(ev_rules_builtin(), &text, "not used");
		text.p[i] = was;
	}
	for (i = text.n; i-- > 0;) {
		text.n = i;
		refused(ev_rules_builtin(), &text, "damaged");
	}
	ev_buf_clear(&text);
}

static void
test_change(void)
{
	struct folding a, b;
	struct ev_buf out = EV_BUF_INIT;

	folding_open(&a, ev_rules_builtin(), before);
	folding_open(&b, ev_rules_builtin(), before);
	CHECK(!ev_change_all(a.fold, b.fold, -1, EV_CHANGE_LINES, &out));
	feed(&b, after);
	CHECK(ev_change_one(
	    a.fold, b.fold, EV_SLICE("a"), EV_CHANGE_PATCH, &out));
	CHECK(!ev_change_one(
	    a.fold, b.fold, EV_SLICE("g"), EV_CHANGE_PATCH, &out));
	CHECK_STR(ev_buf_str(&out), "{\"o\":{\"x\":2}}\n");
	ev_buf_reset(&out);
	CHECK(ev_change_one(
	    b.fold, a.fold, EV_SLICE("b"), EV_CHANGE_PATCH, &out));
	CHECK(ev_change_one(
	    a.fold, b.fold, EV_SLICE("b"), EV_CHANGE_LINES, &out));
	CHECK_STR(ev_buf_str(&out),
	    "null\n+{\"status\":\"hooked\",\"assignee\":\"p\"}\n");
	ev_buf_reset(&out);
	CHECK(ev_change_all(a.fold, b.fold, -1, EV_CHANGE_PATCH, &out));
	CHECK_STR(ev_buf_str(&out),
	    "{\"entity\":\"a\",\"patch\":{\"o\":{\"x\":2}}}\n"
	    "{\"entity\":\"b\",\"patch\":{\"status\":\"hooked\","
	    "\"assignee\":\"p\"}}\n"
	    "{\"entity\":\"p\",\"patch\":{\"hooked_bead\":\"b\"}}\n");
	ev_buf_reset(&out);
	CHECK(ev_change_all(a.fold, b.fold, ev_fold_view(a.fold, "issues"),
	    EV_CHANGE_LINES, &out));
	CHECK_STR(ev_buf_str(&out),
	    "-a.o.x 1\n+a.o.x 2\n"
	    "+b {\"status\":\"hooked\",\"assignee\":\"p\"}\n");
	ev_buf_clear(&out);
	folding_close(&a);
	folding_close(&b);
}

/* A null that comes in is no change: in a patch it would say "gone". */
static void
test_null(void)
{
	static const char *const none[] = { BEAD("created", "a", ""), NULL };
	static const char *const null[] = {
		BEAD("created", "a", ",\"x\":null,\"y\":{\"z\":null}"), NULL
	};
	struct ev_buf out = EV_BUF_INIT;
	struct folding a, b;

	folding_open(&a, ev_rules_builtin(), none);
	folding_open(&b, ev_rules_builtin(), null);
	CHECK(ev_change_one(
	    a.fold, b.fold, EV_SLICE("a"), EV_CHANGE_PATCH, &out));
	CHECK(strstr(ev_buf_str(&out), "\"x\"") == NULL);
	ev_buf_reset(&out);
	CHECK(ev_change_one(
	    b.fold, a.fold, EV_SLICE("a"), EV_CHANGE_PATCH, &out));
	CHECK(strstr(ev_buf_str(&out), "\"x\":null") != NULL);
	ev_buf_clear(&out);
	folding_close(&a);
	folding_close(&b);
}

/* A member that was dropped is none of those that follow each other. */
static void
test_gone(void)
{
	struct ev_node tree = EV_NODE_NONE, key, *val;
	uint32_t at = 0, n = 0;

	ev_tree_put(&tree, EV_SLICE("x"), ev_node_int(1));
	ev_tree_put(&tree, EV_SLICE("y"), ev_node_int(2));
	ev_tree_put(&tree, EV_SLICE("z"), ev_node_int(3));
	CHECK(ev_tree_drop(&tree, EV_SLICE("y")));
	while ((val = ev_tree_next(&tree, &at, &key)) != NULL) {
		CHECK(val->kind == EV_NUMBER);
		n++;
	}
	CHECK_INT(n, 2);
	CHECK_INT(ev_tree_count(&tree), 2);
	ev_node_clear(&tree);
}

int
main(void)
{
	scratch_begin();
	path = strdup(scratch("checkpoint"));
	test_continue();
	test_refused();
	test_change();
	test_null();
	test_gone();
	scratch_end();
	return test_end();
}
