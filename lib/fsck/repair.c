#include "fsck/repair.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fsck/aside.h"
#include "fsck/cursors.h"
#include "store/layout.h"
#include "store/store.h"

#define BATCH 256 /* events that are put back at once */
#define LOST "lost.jsonl"

/* A repair in its course. */
struct repair {
	const struct ev_place *place;
	struct ev_findings *findings;
	struct ev_store *store;
	struct ev_entry entry[BATCH];
	char id[BATCH][EV_IDENT_SIZE + 256];
	size_t n;	/* entries that wait */
	uint64_t back;	/* events that were put back */
	uint64_t other; /* that were not: their ids are there */
};

static char *
shown(const struct ev_place *place, const char *name)
{
	char *path = ev_layout_join(place->priv, name);
	char *whole = ev_place_shown(place, path);

	free(path);
	return whole;
}

static void
mended(struct repair *r, const char *name, const char *what, const char *why)
{
	char *file =
	    *name != '\0' ? shown(r->place, name) : ev_strdup(r->place->shown);

	ev_finding_add(
	    r->findings, EV_FINDING_MENDED, file, 0, what, "%s", why);
	free(file);
}

static void
drop_batch(struct repair *r)
{
	size_t i;

	for (i = 0; i < r->n; i++) {
		ev_buf_clear(&r->entry[i].line);
		ev_buf_clear(&r->entry[i].there);
	}
	r->n = 0;
}

static int
put_back(struct repair *r, struct ev_err *err)
{
	size_t i;
	int done = 0;

	if (r->n > 0)
		done = ev_store_write(r->store, r->entry, r->n, err);
	for (i = 0; done == 0 && i < r->n; i++) {
		r->back += r->entry[i].result == EV_WRITTEN;
		r->other += r->entry[i].result == EV_SKIPPED;
	}
	drop_batch(r);
	return done;
}

/* An event of lost.jsonl that the log lacks. */
static int
take(void *arg, const struct ev_lacking *it, struct ev_err *err)
{
	struct repair *r = arg;
	struct ev_event *ev = it->ev;
	struct ev_slice id = ev_event_id(ev);
	struct ev_entry *e = &r->entry[r->n];

	if (it->other) {
		r->other++;
		return 0;
	}
	*e = (struct ev_entry){
		.dialect = ev->dialect, .identity = EV_NO_ID, .ordinal = it->nth
	};
	ev_buf_addslice(&e->line, ev->line);
	e->has_time = ev_event_time(ev, &e->time);
	if (id.n > 0 && id.p[0] != '~' && id.n <= sizeof(r->id[0])) {
		e->identity = EV_LINE_ID;
		memcpy(r->id[r->n], id.p, id.n);
		e->own_id = (struct ev_slice){ r->id[r->n], id.n };
	}
	return ++r->n == BATCH ? put_back(r, err) : 0;
}

/* The events of lost.jsonl, and those behind the ends of segments, go back into
 * the log. */
static int
salvage(struct repair *r, struct ev_err *err)
{
	struct ev_place place = ev_aside_place(r->place);
	const struct ev_store_options options = { .sync = EV_SYNC_DATA,
		.on_conflict = EV_ON_CONFLICT_SKIP };
	char text[128];
	int done;

	r->store = ev_store_open(&place, &options, err);
	ev_place_clear(&place);
	if (r->store == NULL)
		return -1;
	done = ev_aside_read(r->place, LOST, take, r, err);
	if (done >= 0)
		done = put_back(r, err);
	if (done >= 0)
		done = ev_aside_behind(r->place, take, r, err);
	if (done >= 0)
		done = put_back(r, err);
	drop_batch(r);
	ev_store_close(r->store);
	if (done >= 0 && r->back > 0) {
		snprintf(text, sizeof(text),
		    "%llu event%s that the log lacked put back",
		    (unsigned long long)r->back, r->back == 1 ? "" : "s");
		mended(r, "", "salvaged", text);
	}
	return done < 0 ? -1 : 0;
}

static int
mend_cursors(struct repair *r, struct ev_err *err)
{
	struct ev_place place = ev_aside_place(r->place);
	struct ev_shot shot;
	int done = ev_shot_take(&shot, &place, false, err);

	if (done == 1)
		done = ev_cursors_mend(&shot, r->findings, err);
	ev_shot_clear(&shot);
	ev_place_clear(&place);
	return done < 0 ? -1 : 0;
}

static int
make_anew(struct repair *r, bool repair, struct ev_err *err)
{
	const struct ev_store_options options = { .sync = EV_SYNC_FULL };
	struct ev_place place = ev_aside_place(r->place);
	struct ev_store *store = ev_store_open(&place, &options, err);
	int done = -1;

	ev_place_clear(&place);
	if (store != NULL)
		done = repair ? ev_store_repair(store, err) :
				ev_store_rebuild(store, err);
	ev_store_close(store);
	return done;
}

int
ev_repair_views(const struct ev_place *place, struct ev_findings *findings,
    struct ev_err *err)
{
	struct repair r = { .place = place, .findings = findings };

	if (make_anew(&r, false, err) < 0)
		return -1;
	mended(&r, "", "rebuilt", "day files and feed were made anew");
	return 0;
}

/* What the survey said is bad. */
static int
repair_views(
    struct repair *r, const struct ev_survey *check, struct ev_err *err)
{
	if (ev_aside_views(check, err) < 0 || make_anew(r, true, err) < 0)
		return -1;
	if (check->torn)
		mended(r, "", "ended", "the last line, which was torn");
	if (check->views)
		mended(r, "", "rebuilt", "day files and feed were made anew");
	return 0;
}

int
ev_repair(const struct ev_place *named, struct ev_findings *findings,
    struct ev_err *err)
{
	struct ev_place place = ev_aside_place(named);
	struct ev_survey check = { .place = &place };
	struct repair *r = ev_calloc(1, sizeof(*r));
	int done;

	r->place = named;
	r->findings = findings;
	done = ev_survey(&check, err);
	if (done == 0 && check.findings.problems > 0) {
		done = repair_views(r, &check, err);
		if (done == 0)
			done = mend_cursors(r, err);
		if (done == 0)
			done = salvage(r, err);
	}
	if (done == 0 && place.priv != NULL)
		done = ev_aside_drop(named, LOST, err);
	if (done == 0)
		done = ev_aside_drop_all(named, err);
	ev_survey_clear(&check);
	ev_place_clear(&place);
	free(r);
	return done;
}
