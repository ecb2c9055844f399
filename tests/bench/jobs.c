/*
 * jobs COUNT FILE | jobs MEAN FILE: the library's pass doing what ev-stats
 * will do, so that the scanner can be timed before it: events by type (every
 * line validated), or the mean severity by day of one type (JOBS_TYPE).
 *
 * JOBS_THREADS: how many threads (default 1).
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "input/pass.h"
#include "json/number.h"
#include "text/time.h"

struct group {
	char name[64];
	uint64_t count;
	double sum;
};

struct state {
	bool mean;
	struct ev_map *map; /* name -> group number + 1 */
	struct group *group;
	size_t n;
	uint64_t near[64]; /* the last group of a length and ends, + 1 */
};

static const char *job_type = "TestFailure";
static bool job_mean;

static struct group *
group_of(struct state *s, const char *name, size_t n)
{
	uint64_t *near, *at;
	struct group *g;
	bool fresh;

	if (n >= sizeof(g->name))
		n = sizeof(g->name) - 1;
	near = &s->near[n > 0 ?
		(n * 7 + (size_t)(name[0] ^ name[n - 1] * 5)) % 64 :
		0];
	g = *near > 0 ? &s->group[*near - 1] : NULL;
	if (g != NULL && memcmp(g->name, name, n) == 0 && g->name[n] == '\0')
		return g;
	at = ev_map_at(s->map, name, n, &fresh);
	if (fresh) {
		s->group = ev_realloc(s->group, s->n + 1, sizeof(*s->group));
		g = &s->group[s->n++];
		memset(g, 0, sizeof(*g));
		memcpy(g->name, name, n);
		*at = s->n;
	}
	*near = *at;
	return &s->group[*at - 1];
}

static void *
start(void *arg)
{
	struct state *s = ev_calloc(1, sizeof(*s));

	(void)arg;
	s->mean = job_mean;
	s->map = ev_map_new();
	return s;
}

static void
event(void *arg, struct ev_event *ev, uint64_t offset)
{
	struct state *s = arg;
	struct ev_slice type = ev_event_text(ev, EV_TYPE);
	struct ev_val severity;
	char day[EV_TIME_SIZE];
	struct timespec t;
	struct group *g;

	(void)offset;
	if (!s->mean) {
		group_of(s, type.p, type.n)->count++;
		return;
	}
	if (!ev_slice_is(type, job_type) || !ev_event_time(ev, &t))
		return;
	severity = ev_event_role(ev, EV_SEVERITY);
	if (severity.kind != EV_NUMBER)
		return;
	ev_time_format_day(t, day);
	g = group_of(s, day, strlen(day));
	g->count++;
	g->sum += ev_num_double(ev_val_slice(&severity));
}

static void
finish(void *arg, void *state)
{
	struct state *s = state, *all = arg;
	struct group *g;
	size_t i;

	/* flush orders blocks, not ends: one worker at a time comes here */
	for (i = 0; i < s->n; i++) {
		g = group_of(all, s->group[i].name, strlen(s->group[i].name));
		g->count += s->group[i].count;
		g->sum += s->group[i].sum;
	}
	ev_map_free(s->map);
	free(s->group);
	free(s);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(
	    ((const struct group *)a)->name, ((const struct group *)b)->name);
}

int
main(int argc, char **argv)
{
	struct ev_model *model = ev_model_new(NULL);
	const char *threads = getenv("JOBS_THREADS");
	struct ev_source source;
	struct ev_tally tally;
	struct ev_err err;
	struct state *all;
	size_t i;

	if (argc < 3 || ev_source_open(&source, argv[2], false, &err) == -1)
		return 2;
	job_mean = strcmp(argv[1], "MEAN") == 0;
	ev_model_want(model, EV_TYPE);
	if (job_mean) {
		ev_model_want(model, EV_TIME);
		ev_model_want(model, EV_SEVERITY);
	}
	ev_model_seal(model);
	all = start(NULL);
	if (ev_pass_run(
		&(struct ev_pass){ .model = model,
		    .arg = all,
		    .threads = threads != NULL ? (unsigned)atoi(threads) : 1,
		    .start = start,
		    .event = event,
		    .finish = finish },
		&source, 0, &tally, &err) == -1) {
		fprintf(stderr, "%s\n", err.text);
		return 2;
	}
	qsort(all->group, all->n, sizeof(*all->group), by_name);
	for (i = 0; i < all->n; i++) {
		printf(
		    "%7" PRIu64 " %s", all->group[i].count, all->group[i].name);
		if (job_mean)
			printf(" %.4f",
			    all->group[i].sum / (double)all->group[i].count);
		putchar('\n');
	}
	fprintf(stderr, "%" PRIu64 " damaged\n", ev_tally_damaged(&tally));
	return 0;
}
