/*
 * checkpoint: a fold's state in a file, to go on from there.
 *
 *	{"checkpoint":1,"rules":"sha256:…","position":"…"}
 *	{"view":"issues","id":"gt-1","state":{"status":"open"}}
 *	…						(fold/kept.h)
 *	{"entities":1,"digest":"sha256:…"}
 *
 * The digest is of all bytes before its line.  The file is there whole or not
 * at all, and it is used only when it is sound and the rules are the same;
 * whether its position still is one of the log is the caller's to know.
 */
#ifndef EV_FOLD_CHECKPOINT_H
#define EV_FOLD_CHECKPOINT_H

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "fold/fold.h"

/* Writes the file anew; position is any UTF-8 text.  0 or -1. */
int	ev_checkpoint_save(const char *path, struct ev_fold *fold,
	    struct ev_slice position, struct ev_err *err);

/*
 * Loads the states into a fold that was given no event yet and appends the
 * position.  1: loaded; 0: there is no such file, or none to be used (*err
 * says why), and the fold is as it was; -1: it cannot be read, or is a log,
 * which nobody wants to be overwritten.
 */
int	ev_checkpoint_load(const char *path, struct ev_fold *fold,
	    struct ev_buf *position, struct ev_err *err);

#endif
