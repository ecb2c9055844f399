/*
 * scene: the situations in which ev-emit is disturbed, made ready.
 */
#ifndef FAULT_SCENE_H
#define FAULT_SCENE_H

#include <stdbool.h>
#include <stddef.h>

#include "run.h"
#include "tree.h"

#define SCENE_IDS 4
#define SCENE_CALLS 128

enum base {
	NO_STORE,	/* the first event ever */
	LOG_ONLY,	/* a log without its private directory */
	STORE,		/* two events on two days, all views there */
	REPLACED	/* the same, but the log is another one by now */
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
};

extern const struct scene scenes[];	/* ends with a row without a name */

/* A call of the undisturbed run that the shim counts. */
struct call {
	char	name[24];
	char	target[64];	/* below the store's directory */
	size_t	size;		/* of a write, else 0 */
};

struct stage {
	const struct scene *scene;
	bool		 next_day;
	struct tree	 tree;		/* before the run */
	size_t		 size;		/* of the log then */
	bool		 sealed;	/* it ended in LF, or was empty */
	struct emit	 victim, other;
	const char	*ids[SCENE_IDS]; /* the victim's; then NULL */
	struct call	 call[SCENE_CALLS];
	size_t		 calls;
};

/*
 * Prepares the scene and runs it once undisturbed to learn its calls.  NULL,
 * or what is wrong without any fault (good until the next call).
 */
const char *stage_make(struct stage *stage, const struct scene *scene,
	    bool next_day, const struct desk *desk);
void	stage_clear(struct stage *stage);

/*
 * Is the store as it should be: nothing of the stage's log changed, views
 * right?  NULL, or what is not (good until the next call).
 */
const char *stage_sound(const struct stage *stage,
	    const struct tree *tree);

#endif
