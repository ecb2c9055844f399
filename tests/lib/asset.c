/*
 * asset_id (1-events 1.7).  With files of vectors (gep.assetId) as its
 * arguments it checks these too: those of objects, as no line is anything
 * else, and without an exclude list.
 */
#include "event/asset.h"

#include "json/member.h"
#include "vectors.h"

static const char *
asset(const struct ev_val *object)
{
	static char id[EV_ASSET_SIZE];

	ev_asset_id(object, id);
	return id;
}

static void
test_put(void)
{
	struct ev_buf line = EV_BUF_INIT;
	struct ev_val object;

	ev_buf_adds(&line, "{\"a\":1,\"asset_id\":\"\"}");
	ev_asset_put(&line, 19);
	CHECK_STR(ev_buf_str(&line),
	    "{\"a\":1,\"asset_id\":\"sha256:"
	    "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
	    "\"}");
	object = (struct ev_val){ line.p, (uint32_t)line.n, EV_OBJECT, 0 };
	CHECK_STR(asset(&object),
	    "sha256:"
	    "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862");
	ev_buf_clear(&line);
}

static void
vector(const struct ev_val *root)
{
	struct ev_buf room[2] = { EV_BUF_INIT, EV_BUF_INIT }, text;
	struct ev_val in = ev_member_of(root, "in"), obj, own;
	struct ev_val out = ev_member_of(root, "out");

	text = (struct ev_buf)EV_BUF_INIT;
	if (ev_slice_is(vector_text(root, "fn", &room[0]), "verifyAssetId")) {
		own = ev_member_of(&in, "asset_id");
		CHECK_INT(ev_val_is(&own, asset(&in)), out.kind == EV_TRUE);
	} else {
		obj = ev_member_of(&in, "obj");
		if (obj.kind == EV_OBJECT &&
		    ev_member_of(&in, "exclude").kind == EV_NONE) {
			ev_buf_addslice(&text, ev_val_text(&out, &room[1]));
			CHECK_STR(asset(&obj), ev_buf_str(&text));
		}
	}
	ev_buf_clear(&text);
	ev_buf_clear(&room[0]);
	ev_buf_clear(&room[1]);
}

int
main(int argc, char **argv)
{
	test_put();
	vectors(argc, argv, vector);
	return test_end();
}
