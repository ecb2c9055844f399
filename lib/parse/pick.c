#include "parse/pick.h"

#include "json/member.h"
#include "json/quote.h"
#include "json/walk.h"
#include "parse/clean.h"
#include "parse/frame.h"

#define KEY_MOST 64

struct ev_val
ev_pick(const struct ev_val *val, const char *keys)
{
	struct ev_val at = *val, first;
	struct ev_walk walk;
	char key[KEY_MOST];
	size_t n;

	for (;; keys += n + 1) {
		n = strcspn(keys, ".");
		if (n == 1 && keys[0] == '0') {
			memset(&first, 0, sizeof(first));
			if (at.kind == EV_ARRAY) {
				ev_walk_begin(&walk, &at);
				if (!ev_walk_next(&walk, NULL, &first))
					first.kind = EV_NONE;
			}
			at = first;
		} else {
			memcpy(key, keys, n);
			key[n] = '\0';
			at = ev_member_of(&at, key);
		}
		if (at.kind == EV_NONE || keys[n] == '\0')
			return at;
	}
}

struct ev_slice
ev_pick_text(const struct ev_val *val, const char *keys, struct ev_buf *out)
{
	struct ev_val at = ev_pick(val, keys);
	struct ev_buf scratch = EV_BUF_INIT;

	ev_buf_reset(out);
	if (at.kind == EV_STRING || at.kind == EV_NUMBER)
		ev_clean_add(out, ev_val_text(&at, &scratch));
	ev_buf_clear(&scratch);
	return ev_buf_slice(out);
}

uint32_t
ev_pick_number(const struct ev_val *val, const char *keys)
{
	struct ev_val at = ev_pick(val, keys);

	return at.kind == EV_NUMBER ? ev_frame_number(ev_val_slice(&at)) : 0;
}

bool
ev_pick_is(const struct ev_val *val, const char *keys, const char *text)
{
	struct ev_val at = ev_pick(val, keys);

	return at.kind == EV_STRING && ev_val_is(&at, text);
}
