/*
 * Levels and categories (1-events 1.4).  With a file of vectors (brewva.level)
 * as its argument it checks these too.
 */
#include "event/level.h"

#include "vectors.h"

static void
test_level(void)
{
	CHECK_STR(ev_level_name(ev_level_of(EV_SLICE("anchor"))), "audit");
	CHECK_STR(ev_level_name(ev_level_of(EV_SLICE("anchor_x"))), "ops");
	CHECK_STR(ev_level_name(ev_level_of(EV_SLICE(""))), "ops");
	CHECK_STR(ev_level_name(ev_level_of(EV_SLICE("viewport_"))), "debug");
	CHECK_STR(ev_level_name(ev_level_of(EV_SLICE("cognitive_x"))), "debug");
	CHECK_STR(ev_level_name(ev_level_of(EV_SLICE("cognitive_relevance_"
						     "ranking_skipped"))),
	    "ops");
	CHECK_INT(ev_level_parse(EV_SLICE("debug")), EV_DEBUG);
	CHECK_INT(ev_level_parse(EV_SLICE("Debug")), -1);
	CHECK(EV_AUDIT < EV_OPS && EV_OPS < EV_DEBUG);
}

static void
test_category(void)
{
	const struct ev_dialect *brewva = &ev_dialects[EV_BREWVA];

	CHECK_STR(ev_category_of(EV_SLICE("bead.created"), NULL), "bead");
	CHECK_STR(ev_category_of(EV_SLICE("bead.created"), brewva), "other");
	CHECK_STR(ev_category_of(EV_SLICE("beads.x"), NULL), "other");
	CHECK_STR(ev_category_of(EV_SLICE("agent.tool"), NULL), "tool");
	CHECK_STR(ev_category_of(EV_SLICE("rollback"), NULL), "tool");
	CHECK_STR(ev_category_of(EV_SLICE("work_resumed"), brewva), "state");
	CHECK_STR(ev_category_of(EV_SLICE(""), NULL), "other");
}

static void
vector(const struct ev_val *root)
{
	struct ev_buf a = EV_BUF_INIT, b = EV_BUF_INIT;
	struct ev_slice type = vector_text(root, "in", &a);

	CHECK(ev_slice_is(vector_text(root, "out.level", &b),
	    ev_level_name(ev_level_of(type))));
	CHECK(ev_slice_is(vector_text(root, "out.category", &b),
	    ev_category_of(type, &ev_dialects[EV_BREWVA])));
	ev_buf_clear(&a);
	ev_buf_clear(&b);
}

int
main(int argc, char **argv)
{
	test_level();
	test_category();
	vectors(argc, argv, vector);
	return test_end();
}
