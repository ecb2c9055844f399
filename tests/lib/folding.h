/*
 * folding: a fold of lines, for the tests of fold/.
 */
#ifndef EV_TEST_FOLDING_H
#define EV_TEST_FOLDING_H

#include <stdlib.h>

#include "fold/fold.h"
#include "padded.h"
#include "test.h"

struct folding {
	struct ev_model	*model;
	struct ev_fold	*fold;
	struct ev_event	*ev;
	struct ev_buf	 out;
};

static inline void
folding_start(struct folding *f, const struct ev_rules *rules)
{
	struct ev_err err = { "" };

	*f = (struct folding){ .model = ev_model_new(NULL) };
	f->fold = ev_fold_new(rules, f->model, &err);
	CHECK_STR(err.text, "");
	ev_model_seal(f->model);
	f->ev = ev_event_new(f->model);
}

static inline void
folding_feed(struct folding *f, struct ev_slice line)
{
	char *p = padded(line.p, line.n);

	enum ev_scan result = ev_event_read(f->ev, p, line.n);

	CHECK_INT(result, EV_SCAN_OK);
	if (result == EV_SCAN_OK)
		ev_fold_add(f->fold, f->ev);
	free(p);
}

/* lines: NULL behind the last. */
static inline void
folding_open(struct folding *f, const struct ev_rules *rules,
    const char *const *lines)
{
	folding_start(f, rules);
	for (; *lines != NULL; lines++)
		folding_feed(f, ev_slice_of(*lines));
}

static inline void
folding_only(struct folding *f, const struct ev_rules *rules,
    const char *const *lines, const char *id)
{
	folding_start(f, rules);
	ev_fold_only(f->fold, ev_slice_of(id));
	for (; *lines != NULL; lines++)
		folding_feed(f, ev_slice_of(*lines));
}

static inline const char *
folding_state(struct folding *f, const char *id)
{
	uint32_t entity = ev_fold_find(f->fold, ev_slice_of(id));

	ev_buf_reset(&f->out);
	if (entity == EV_BOARD_NONE)
		return "none";
	ev_fold_state(f->fold, entity, &f->out);
	return ev_buf_str(&f->out);
}

static inline const char *
folding_view(struct folding *f, const char *view)
{
	size_t count, i;
	uint32_t *list = ev_fold_entities(f->fold,
	    ev_fold_view(f->fold, view), &count);

	ev_buf_reset(&f->out);
	for (i = 0; i < count; i++) {
		ev_fold_row(f->fold, list[i], &f->out);
		ev_buf_addc(&f->out, '\n');
	}
	free(list);
	return ev_buf_str(&f->out);
}

static inline void
folding_close(struct folding *f)
{
	ev_event_free(f->ev);
	ev_fold_free(f->fold);
	ev_model_free(f->model);
	ev_buf_clear(&f->out);
}

#endif
