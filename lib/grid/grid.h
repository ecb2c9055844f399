/*
 * grid: the table that a report gives, before anybody has drawn it.
 *
 *	struct ev_grid grid;
 *	ev_grid_init(&grid, "types");
 *	ev_grid_column(&grid, "type", EV_GRID_TEXT);
 *	ev_grid_column(&grid, "count", EV_GRID_COUNT);
 *	ev_grid_text(&grid, type);		cells: row by row, left to right
 *	ev_grid_count(&grid, 42);
 *	…
 *	ev_grid_clear(&grid);
 *
 * Every cell is a JSON text, as -o json prints it: what a log says keeps its
 * bytes (1.10, 9007199254740993), integers are exact, doubles are the shortest
 * that are read back the same.  So those who draw it decode and never compute.
 */
#ifndef EV_GRID_GRID_H
#define EV_GRID_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/buf.h"
#include "base/slice.h"

/* What a column is, so that it can be aligned, rounded, drawn.  Any cell may be
 * null besides. */
enum ev_grid_kind {
	EV_GRID_TEXT,		/* a string */
	EV_GRID_COUNT,		/* a whole number */
	EV_GRID_NUMBER,		/* a number */
	EV_GRID_RATIO,		/* a number, 1 is the whole */
	EV_GRID_TIME,		/* a string, RFC 3339 UTC, or a date */
	EV_GRID_DURATION,	/* a number, seconds */
	EV_GRID_JSON		/* anything */
};

struct ev_grid_column {
	char			*name;	/* the key in JSON, the heading */
	enum ev_grid_kind	 kind;
	bool			 group;	/* names the row (a label in a chart),
					 * measures nothing */
	unsigned		 spare;	/* of those over 0 the greatest is left
					 * out first where a page for people
					 * has no room for all */
};

/* The chart that shows it at a glance, of one measure. */
enum ev_grid_chart {
	EV_GRID_NONE,
	EV_GRID_AUTO,		/* bars, over time a line: by the columns */
	EV_GRID_BARS,		/* a bar for each row */
	EV_GRID_LINE,		/* rows are steps in time */
	EV_GRID_BUBBLES,	/* as large as the measure, as high as `other` */
	EV_GRID_HEAT		/* every cell of every measure */
};

struct ev_grid {
	char			*report;	/* its name; of a panel the panel's */
	bool			 has_since, has_until;
	struct timespec		 since, until;	/* what it looks at */
	uint64_t		 damaged;	/* lines that were no event */
	struct ev_grid_column	*column;
	size_t			 columns;
	size_t			 rows;
	/* Lines for people beside the table: totals, what was left out; each
	 * ends in LF. */
	struct ev_buf		 notes;
	/* Panels, each a grid of its own; then there are no columns. */
	struct ev_grid		*panel;
	size_t			 panels;
	/* How it is drawn for people: a measure, and one that goes with it (-1:
	 * none). */
	enum ev_grid_chart	 chart;
	int			 measure, other;
	/* What is drawn beside it, for people only, or NULL. */
	struct ev_grid		*aside;
	/* the grid's own */
	struct ev_buf		 text;
	size_t			*end;		/* of each cell in text */
	size_t			 cells, room;
	size_t			*order;		/* NULL: as they were added */
};

void	ev_grid_init(struct ev_grid *grid, const char *report);
void	ev_grid_clear(struct ev_grid *grid);

/* Before the first cell.  The name is copied; gives the column's number. */
size_t	ev_grid_column(struct ev_grid *grid, const char *name,
	    enum ev_grid_kind kind);
/* The same for a column that names the row. */
size_t	ev_grid_group(struct ev_grid *grid, const char *name,
	    enum ev_grid_kind kind);
/* The column that was added last is one that may be left out. */
void	ev_grid_spare(struct ev_grid *grid, unsigned rank);
/* The number of a column, or -1. */
int	ev_grid_find(const struct ev_grid *grid, struct ev_slice name);
/* A panel, with its name; the others may move. */
struct ev_grid *ev_grid_panel(struct ev_grid *grid, const char *name);

/* A grid that stands beside this one in the formats for people. */
struct ev_grid *ev_grid_aside(struct ev_grid *grid, const char *name);
/* Says how it is drawn; other: a column or -1. */
void	ev_grid_draw(struct ev_grid *grid, enum ev_grid_chart chart,
	    size_t measure, int other);

/* Add the next cell. */
void	ev_grid_null(struct ev_grid *grid);
void	ev_grid_text(struct ev_grid *grid, struct ev_slice text);
void	ev_grid_count(struct ev_grid *grid, uint64_t count);
void	ev_grid_number(struct ev_grid *grid, double number);
/* 2026-01-06T10:30:00.123Z, the fraction only where there is one. */
void	ev_grid_time(struct ev_grid *grid, struct timespec time);
/* A sound JSON text as it is, without LF; empty: null. */
void	ev_grid_raw(struct ev_grid *grid, struct ev_slice json);

/* Does it hold no measure but 0 and null, in no row of no panel? */
bool	ev_grid_is_empty(const struct ev_grid *grid);

/* A cell's JSON text, "null" where there is none; the grid's. */
struct ev_slice ev_grid_cell(const struct ev_grid *grid, size_t row,
	    size_t column);
/* Appends what a cell means: strings decoded, nothing for null, else the JSON.
 * What it gives may hold anything that a log can hold. */
void	ev_grid_plain(const struct ev_grid *grid, size_t row, size_t column,
	    struct ev_buf *out);
/* The cell as a double; false: it is no number. */
bool	ev_grid_value(const struct ev_grid *grid, size_t row, size_t column,
	    double *out);

/*
 * Compares two cells: null first, then numbers by value, then strings by what
 * their JSON texts hold as bytes.  -1, 0, 1.
 */
int	ev_grid_cmp(const struct ev_grid *grid, size_t row, size_t other,
	    size_t column);

#endif
