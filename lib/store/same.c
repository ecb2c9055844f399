#include "store/same.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "json/compact.h"
#include "json/quote.h"
#include "json/scan.h"
#include "json/walk.h"

/* clang-format off */
/* What ev-emit fills by itself, or from options, when it is not given. */
static const struct {
	enum ev_dialect_row	 row;
	const char		*members;	/* each with a blank behind */
} filled[] = {
	{ EV_VERMAS, "event_id event_type timestamp actor correlation_id "
	    "caused_by data session_id severity level fingerprint " },
	{ EV_GOVERN, "id type archetypeIds skillsExercised description "
	    "metadata userId createdAt caused_by quality " },
	{ EV_BREWVA, "id sessionId type timestamp turn payload parentId "
	    "caused_by " },
	{ EV_AGENTGUARD, "id fingerprint type severity source message "
	    "metadata timestamp resolved sessionId caused_by " },
	{ EV_GEP, "schema_version id parent signals genes_used mutation_id "
	    "personality_state blast_radius outcome capsule_id "
	    "env_fingerprint env_fingerprint_key validation_report_id meta "
	    "asset_id created_at duration_ms overall_ok gene_id commands " },
	{ EV_GASTOWN, "ts source type actor payload visibility caused_by " },
	{ EV_CLOUDEVENTS, "specversion id source type subject time data "
	    "correlationid causationid severitynumber " },
};
/* clang-format on */

/* The members of an object, the last of repeated ones; by decoded key. */
struct members {
	struct ev_map *index; /* 1 + number in val */
	struct ev_val *val;
	bool *met;
	struct ev_buf text; /* what val points into */
};

static bool
is_filled(const struct ev_dialect *dialect, struct ev_slice key)
{
	const char *p, *end;
	size_t i;

	for (i = 0; i < sizeof(filled) / sizeof(filled[0]); i++)
		if (dialect == &ev_dialects[filled[i].row])
			break;
	if (i == sizeof(filled) / sizeof(filled[0]))
		return false;
	for (p = filled[i].members; *p != '\0'; p = end + 1) {
		end = strchr(p, ' ');
		if (ev_slice_eq(key, (struct ev_slice){ p, (size_t)(end - p) }))
			return true;
	}
	return false;
}

/* A text in the one form in which two of them can be compared, with what the
 * scanner wants behind it. */
static bool
normal(struct ev_buf *out, struct ev_slice json, struct ev_val *root)
{
	ev_compact(out, json);
	ev_quote_unsafe(out);
	ev_buf_reserve(out, EV_SCAN_PAD);
	memset(out->p + out->n, 0, EV_SCAN_PAD);
	return ev_scan_value(out->p, out->n, root, NULL) == EV_SCAN_OK &&
	    root->kind == EV_OBJECT;
}

static void
members_clear(struct members *m)
{
	ev_map_free(m->index);
	free(m->val);
	free(m->met);
	ev_buf_clear(&m->text);
}

static bool
members_read(struct members *m, struct ev_slice json)
{
	struct ev_buf scratch = EV_BUF_INIT;
	size_t count = 0, cap = 0;
	struct ev_val root, key, val;
	struct ev_slice name;
	struct ev_walk walk;
	uint64_t *at;

	m->index = ev_map_new();
	if (!normal(&m->text, json, &root))
		return false;
	ev_walk_begin(&walk, &root);
	while (ev_walk_next(&walk, &key, &val)) {
		name = ev_val_text(&key, &scratch);
		at = ev_map_at(m->index, name.p, name.n, NULL);
		if (*at == 0)
			*at = ++count;
		if (count > cap) {
			cap = cap < 16 ? 16 : cap * 2;
			m->val = ev_realloc(m->val, cap, sizeof(*m->val));
		}
		m->val[*at - 1] = val;
	}
	m->met = ev_calloc(count, sizeof(*m->met));
	ev_buf_clear(&scratch);
	return true;
}

/* Every member of *given* stands in *stored*, alike; notes which were met. */
static bool
holds(struct members *stored, const struct ev_val *given)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_val key, val;
	struct ev_slice name;
	struct ev_walk walk;
	uint64_t *at;
	bool alike = true;

	ev_walk_begin(&walk, given);
	while (alike && ev_walk_next(&walk, &key, &val)) {
		name = ev_val_text(&key, &scratch);
		at = ev_map_find(stored->index, name.p, name.n);
		alike = at != NULL &&
		    ev_slice_eq(
			ev_val_raw(&val), ev_val_raw(&stored->val[*at - 1]));
		if (alike)
			stored->met[*at - 1] = true;
	}
	ev_buf_clear(&scratch);
	return alike;
}

/* What was not met is only what we fill. */
static bool
rest_is_ours(const struct members *stored, const struct ev_dialect *dialect)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_val root, key, val;
	struct ev_slice name;
	struct ev_walk walk;
	bool ours = true;

	root = (struct ev_val){ stored->text.p, (uint32_t)stored->text.n,
		EV_OBJECT, 0 };
	ev_walk_begin(&walk, &root);
	while (ours && ev_walk_next(&walk, &key, &val)) {
		name = ev_val_text(&key, &scratch);
		ours = stored->met[*ev_map_find(stored->index, name.p, name.n) -
			   1] ||
		    is_filled(dialect, name);
	}
	ev_buf_clear(&scratch);
	return ours;
}

bool
ev_same(const struct ev_dialect *dialect, struct ev_slice given,
    struct ev_slice stored)
{
	struct members members = { NULL, NULL, NULL, EV_BUF_INIT };
	struct ev_buf text = EV_BUF_INIT;
	struct ev_val root;
	bool same;

	same = normal(&text, given, &root) && members_read(&members, stored) &&
	    holds(&members, &root) && rest_is_ours(&members, dialect);
	members_clear(&members);
	ev_buf_clear(&text);
	return same;
}
