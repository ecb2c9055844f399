#include "tree/caption.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/names.h"

#define LEAST ((uint64_t)1 << 20) /* bytes of labels, however few the events */
#define EACH 8			  /* and for each event */

struct ev_captions {
	struct ev_names *texts;
	uint64_t size;	  /* of all texts, bytes */
	uint32_t *number; /* event -> text, or EV_NAMES_NONE */
	uint32_t count, cap;
	_Atomic bool full;
};

struct ev_captions *
ev_captions_new(void)
{
	struct ev_captions *captions = ev_calloc(1, sizeof(*captions));

	captions->texts = ev_names_new();
	return captions;
}

void
ev_captions_free(struct ev_captions *captions)
{
	if (captions == NULL)
		return;
	ev_names_free(captions->texts);
	free(captions->number);
	free(captions);
}

bool
ev_captions_full(const struct ev_captions *captions)
{
	return captions->full;
}

/* The number of a text. */
static uint32_t
keep(struct ev_captions *captions, struct ev_slice label, uint64_t hash)
{
	uint32_t count = ev_names_count(captions->texts), number;

	number = ev_names_add(captions->texts, label, hash);
	if (number == count)
		captions->size += label.n;
	if (captions->size > LEAST + (uint64_t)EACH * captions->count)
		captions->full = true;
	return number;
}

void
ev_captions_add(
    struct ev_captions *captions, struct ev_slice label, uint64_t hash)
{
	if (captions->full)
		return;
	if (captions->count == captions->cap) {
		captions->cap =
		    captions->cap < 64 ? 64 : captions->cap + captions->cap / 2;
		captions->number = ev_realloc(
		    captions->number, captions->cap, sizeof(*captions->number));
	}
	captions->number[captions->count++] =
	    label.p == NULL ? EV_NAMES_NONE : keep(captions, label, hash);
}

void
ev_captions_expect(const struct ev_captions *captions, uint32_t event)
{
	if (captions != NULL && event < captions->count)
		__builtin_prefetch(&captions->number[event]);
}

bool
ev_captions_get(
    const struct ev_captions *captions, uint32_t event, struct ev_slice *label)
{
	if (captions == NULL || event >= captions->count ||
	    captions->number[event] == EV_NAMES_NONE)
		return false;
	*label = ev_names_text(captions->texts, captions->number[event]);
	return true;
}
