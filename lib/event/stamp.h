/*
 * stamp: dates and times in a message.
 */
#ifndef EV_EVENT_STAMP_H
#define EV_EVENT_STAMP_H

#include "event/lex.h"

/*
 * <time>:
 *	2026-01-06, 2026/01/06, then T, t or a blank and a time of day;
 *	20260106T103000[Z];
 *	[Tue[,] ]06 Jan 2026 and a time of day; 06/Jan/2026:10:30:00;
 *	[Tue ]Jan  6 and a time of day, with the year behind it or not;
 *	a time of day alone: 10:30:00 with or without .123 or ,123.
 * A time of day behind a date may leave out the seconds.  Behind it may stand
 * Z, +01:00, +0100, +01, and after a blank or not UTC, GMT, AM, PM.
 */
ev_reader ev_stamp_read;

#endif
