/*
 * scene: the situations in which ev-emit is disturbed.
 */
#ifndef FAULT_SCENE_H
#define FAULT_SCENE_H

#include <stdbool.h>
#include <stddef.h>

enum base {
	NO_STORE,	/* the first event ever */
	LOG_ONLY,	/* a log without its private directory */
	STORE,		/* two events on two days, all views there */
	MANY_DAYS,	/* ten more days, so that the state forgot the first */
	NO_STATE,	/* as STORE, but the state is damaged */
	REPLACED	/* as STORE, but the log is another one by now */
};

struct scene {
	const char	*name;
	enum base	 base;
	const char	*tail;	/* bytes that foreign writers appended */
	size_t		 ntail;
	const char	*input;	/* of the disturbed run; NULL: one event */
	const char	*sync;
	size_t		 size;	/* of the event's title */
	size_t		 step;	/* every step-th byte is a point */
	bool		 once;	/* not on a new day, too */
	const char	*reader; /* arguments of ev-tail; NULL: ev-emit */
};

/* Each ends with a row without a name: where ev-emit is killed (C1), where
 * calls fail (C2). */
extern const struct scene scenes[], scenes_errors[];

#endif
