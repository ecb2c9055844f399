/*
 * aside: the earlier files of a feed, feed.1.jsonl and on, which ev-fsck --keep
 * and --keep-size set aside when they begin it anew.
 */
#ifndef EV_TAIL_ASIDE_H
#define EV_TAIL_ASIDE_H

#include <stdbool.h>
#include <sys/types.h>

struct ev_aside;

/* For the file with this path; NULL: it is no feed. */
struct ev_aside *ev_aside_new(const char *path);
/* NULL is none. */
void	ev_aside_free(struct ev_aside *aside);

/* The feed was opened: what is aside now came before it. */
void	ev_aside_begin(struct ev_aside *aside);

/*
 * The path of the file that came behind the one with this inode, which was read
 * and is the feed no more; good until the next call.  NULL: it is the feed
 * itself.  *gap: others came between and are gone.
 */
const char *ev_aside_next(struct ev_aside *aside, ino_t ino, bool *gap);

#endif
