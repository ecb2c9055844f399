/*
 * part: the names of the partitions that a line may belong to (2-store 2.1).
 */
#ifndef EV_STORE_PART_H
#define EV_STORE_PART_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/slice.h"

/* Days since 1970-01-01 within 2000-01-01 … 2099-12-31, or this. */
#define EV_PART_REJECTED (-1)

#define EV_PART_SIZE 24		/* room for every name here */

/* The day of a moment; EV_PART_REJECTED outside the years that count. */
int32_t	ev_part_day(struct timespec t);

/* "2026-01-06", "rejected"; and back: false when it is no such name. */
void	ev_part_name(int32_t day, char out[EV_PART_SIZE]);
bool	ev_part_parse(struct ev_slice name, int32_t *day);

/* "2026-01-06.jsonl", "rejected.log"; and back. */
void	ev_part_file(int32_t day, char out[EV_PART_SIZE]);
bool	ev_part_file_parse(const char *file, int32_t *day);

/* "2026-01-06.jsonl.zst", of a day only; and back. */
void	ev_part_packed(int32_t day, char out[EV_PART_SIZE]);
bool	ev_part_packed_parse(const char *file, int32_t *day);

#endif
