/*
 * stage: a scene made ready, and what ev-emit does in it undisturbed.
 */
#ifndef FAULT_STAGE_H
#define FAULT_STAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "reader.h"
#include "run.h"
#include "scene.h"
#include "tree.h"

#define STAGE_IDS 4
#define STAGE_CALLS 512

/* A call of the undisturbed run that is counted. */
struct call {
	char	name[24];
	char	target[64];	/* below the store's directory */
	size_t	size;		/* of a write or read, else 0 */
};

struct stage {
	const struct scene *scene;
	bool		 next_day;
	struct tree	 tree;		/* before the run */
	size_t		 size;		/* of the log then */
	bool		 sealed;	/* it ended in LF, or was empty */
	char		 open[READER_TEXT]; /* id of the event without LF that
					 * it ended in, or "" */
	struct emit	 victim, other;
	struct emit	 again;		/* the retry, maybe after midnight */
	const char	*ids[STAGE_IDS]; /* the victim's; then NULL */
	struct call	 call[STAGE_CALLS];
	size_t		 calls;
	char		 expect[RUN_TEXT]; /* what it printed */
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
