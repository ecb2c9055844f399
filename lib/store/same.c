#include "store/same.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "json/equal.h"
#include "json/quote.h"
#include "json/walk.h"

#define TOMBSTONE_LEAST 8 /* digits of its digest, see ev-store(5) */

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

/* The object that a sound line is. */
static struct ev_val
object_of(struct ev_slice line)
{
	while (*line.p != '{') {
		line.p++;
		line.n--;
	}
	while (line.p[line.n - 1] != '}')
		line.n--;
	return (struct ev_val){ line.p, (uint32_t)line.n, EV_OBJECT, 0 };
}

/* Every member of *given* stands in *stored*, alike; notes which were met. */
static bool
holds(const struct ev_fields *stored, const struct ev_val *given, bool *met)
{
	struct ev_val key, val;
	struct ev_walk walk;
	bool alike = true;
	long at;

	ev_walk_begin(&walk, given);
	while (alike && ev_walk_next(&walk, &key, &val)) {
		at = ev_fields_find(stored, &key);
		alike = at >= 0 && ev_val_same(&val, &stored->val[at]);
		if (alike)
			met[at] = true;
	}
	return alike;
}

/* What was not met is only what we fill. */
static bool
rest_is_ours(const struct ev_fields *stored, const struct ev_val *root,
    const bool *met, const struct ev_dialect *dialect)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_val key, val;
	struct ev_walk walk;
	bool ours = true;

	ev_walk_begin(&walk, root);
	while (ours && ev_walk_next(&walk, &key, &val))
		ours = met[ev_fields_find(stored, &key)] ||
		    is_filled(dialect, ev_val_text(&key, &scratch));
	ev_buf_clear(&scratch);
	return ours;
}

/* Is what is stored the tombstone of what is given (ev-fsck --redact)? */
static bool
is_tombstone_of(const struct ev_val *stored, struct ev_slice given)
{
	struct ev_val key, val;
	struct ev_walk walk;
	char hex[EV_SHA256_HEX];

	ev_walk_begin(&walk, stored);
	while (ev_walk_next(&walk, &key, &val)) {
		if (!ev_val_is(&key, "redacted") || val.kind != EV_STRING)
			continue;
		ev_sha256_hex(given.p, given.n, hex);
		return val.n >= TOMBSTONE_LEAST && val.n < sizeof(hex) &&
		    memcmp(val.p, hex, val.n) == 0;
	}
	return false;
}

bool
ev_same(const struct ev_dialect *dialect, struct ev_slice given,
    struct ev_slice stored)
{
	const struct ev_val was = object_of(stored), is = object_of(given);
	struct ev_fields fields;
	bool *met, same;

	if (is_tombstone_of(&was, given))
		return true;
	ev_fields_read(&fields, &was);
	met = ev_calloc(fields.count, sizeof(*met));
	same = holds(&fields, &is, met) &&
	    rest_is_ours(&fields, &was, met, dialect);
	free(met);
	ev_fields_clear(&fields);
	return same;
}
