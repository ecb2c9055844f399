#include "fsck/segments.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"

/* A check in its course. */
struct check {
	struct ev_shot *shot;
	struct ev_lack *lack;
	const char **file;
	struct ev_findings *findings;
};

char *
ev_segments_file(const struct ev_shot *shot, uint64_t at)
{
	const struct ev_place *place = shot->dir.place;
	uint64_t from;
	char *name = ev_chain_name(&shot->log.chain, at, &from), *shown;

	shown = name != NULL ? ev_place_shown(place, name) :
			       ev_strdup(place->shown);
	free(name);
	return shown;
}

/* Bytes of the log that are in no file any more. */
static void
check_gaps(const struct check *c)
{
	const struct ev_chain *chain = &c->shot->log.chain;
	const struct ev_gap *gap = chain->gap, *end = gap + chain->gaps;
	char *file;

	for (; gap < end; gap++) {
		file = ev_segments_file(c->shot, gap->from);
		ev_finding_add(c->findings, EV_FINDING_PROBLEM, file, 0,
		    "missing",
		    "bytes %" PRIu64 " to %" PRIu64
		    " of the log are in no segment",
		    gap->from, gap->to);
		free(file);
	}
}

/* What another writer put behind the end of a segment is looked for in the
 * log. */
static int
check_behind(
    const struct check *c, const struct ev_segment *one, struct ev_err *err)
{
	char *file = ev_segments_file(c->shot, one->from);
	int r;

	*c->file = file;
	r = ev_lack_behind(c->lack, one, err);
	free(file);
	return r;
}

/* A file that is called like a segment: is it one? */
static int
check_segment(
    const struct check *c, const struct ev_segment *one, struct ev_err *err)
{
	const struct ev_place *place = c->shot->dir.place;
	const struct ev_chain *chain = &c->shot->log.chain;
	bool own = ev_chain_own(chain, one);
	char *name, *file;
	size_t i;

	for (i = 0; i < chain->count; i++)
		if (chain->old[i].from == one->from &&
		    chain->old[i].end == one->end)
			return check_behind(c, one, err);
	name = ev_segment_name(place->log, one->from, one->end);
	file = ev_place_shown(place, name);
	ev_finding_add(c->findings, own ? EV_FINDING_NOTE : EV_FINDING_PROBLEM,
	    file, 0, own ? "begun" : "stray",
	    own ? "the log itself; the next --rotate goes on with it" :
		  "not a part of the log, which has its bytes elsewhere");
	free(file);
	free(name);
	return 0;
}

int
ev_segments_check(struct ev_shot *shot, struct ev_lack *lack, const char **file,
    struct ev_findings *findings, struct ev_err *err)
{
	const struct check c = { shot, lack, file, findings };
	const struct ev_place *place = shot->dir.place;
	struct ev_segment *list = NULL;
	uint64_t later = UINT64_MAX;
	size_t count = 0, i;
	int r = ev_chain_know(&shot->log.chain);

	if (r == 0)
		r = ev_segment_list(shot->dir.fd, place->log, &list, &count);
	if (r < 0)
		return ev_fail_errno(
		    err, "cannot list the segments of '%s'", place->shown);
	/* it was rotated since: what came then is not looked at */
	for (i = 0; i < count; i++)
		if (ev_chain_own(&shot->log.chain, &list[i]))
			later = list[i].end;
	for (i = 0; r == 0 && i < count; i++)
		if (list[i].from < later)
			r = check_segment(&c, &list[i], err);
	free(list);
	check_gaps(&c);
	return r;
}
