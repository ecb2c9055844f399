#include "input/turns.h"

void
ev_turns_init(struct ev_turns *turns, uint64_t first,
    int (*next)(void *arg, const struct ev_outcome *outcome), void *arg)
{
	turns->next = next;
	turns->arg = arg;
	turns->at = first;
	pthread_mutex_init(&turns->lock, NULL);
	pthread_cond_init(&turns->moved, NULL);
}

void
ev_turns_clear(struct ev_turns *turns)
{
	pthread_mutex_destroy(&turns->lock);
	pthread_cond_destroy(&turns->moved);
}

bool
ev_turns_wait(struct ev_turns *turns, uint64_t index, size_t ahead)
{
	bool stopped;

	pthread_mutex_lock(&turns->lock);
	while (!turns->stopped && index - turns->at >= ahead)
		pthread_cond_wait(&turns->moved, &turns->lock);
	stopped = turns->stopped;
	pthread_mutex_unlock(&turns->lock);
	return !stopped;
}

void
ev_turns_put(
    struct ev_turns *turns, uint64_t index, const struct ev_outcome *outcome)
{
	struct ev_outcome *slot;

	pthread_mutex_lock(&turns->lock);
	slot = &turns->ring[index % EV_TURNS_AHEAD];
	*slot = *outcome;
	slot->there = true;
	for (;;) {
		slot = &turns->ring[turns->at % EV_TURNS_AHEAD];
		if (turns->stopped || !slot->there)
			break;
		slot->there = false;
		turns->at++;
		if (turns->next(turns->arg, slot) != 0)
			turns->stopped = true;
	}
	pthread_cond_broadcast(&turns->moved);
	pthread_mutex_unlock(&turns->lock);
}
