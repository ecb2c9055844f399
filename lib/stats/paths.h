/*
 * paths: the paths of values, counted by kind, with examples.
 *
 * A path's examples are the values of the least hashes: a sample that does not
 * depend on how the log is parted among workers.
 */
#ifndef EV_STATS_PATHS_H
#define EV_STATS_PATHS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "json/scan.h"

/* Of paths beyond these values are only counted. */
#define EV_PATHS_MOST 10000

struct ev_paths;

struct ev_paths *ev_paths_new(void);
void	ev_paths_free(struct ev_paths *paths);

/* A value at the path of this name. */
void	ev_paths_note(struct ev_paths *paths, struct ev_slice name,
	    const struct ev_val *val);
void	ev_paths_merge(struct ev_paths *paths, const struct ev_paths *more);

/* Sorts by name; nothing is added any more. */
void	ev_paths_sort(struct ev_paths *paths);
/* The name of path `at`, the paths'; NULL behind the last. */
const char *ev_paths_name(const struct ev_paths *paths, size_t at);
/* How many values it has. */
uint64_t ev_paths_count(const struct ev_paths *paths, size_t at);
/* Appends {"string":2,…}, and an array of examples. */
void	ev_paths_kinds(const struct ev_paths *paths, size_t at,
	    struct ev_buf *out);
void	ev_paths_examples(const struct ev_paths *paths, size_t at,
	    struct ev_buf *out);
/* The values of paths beyond EV_PATHS_MOST. */
uint64_t ev_paths_more(const struct ev_paths *paths);

/* Appends lines from which ev_paths_load has all of it. */
void	ev_paths_save(const struct ev_paths *paths, struct ev_buf *out);
/* Adds what such a line has.  0, or -1: it is none. */
int	ev_paths_load(struct ev_paths *paths, const struct ev_val *line,
	    struct ev_err *err);

#endif
