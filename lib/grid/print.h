/*
 * print: the ways of drawing a grid, by name.
 *
 * A way of drawing is a row of a table: its name and a function that appends
 * the whole grid.  It gets every grid (with or without panels), and asks the
 * look for what it must know of where the text goes.
 */
#ifndef EV_GRID_PRINT_H
#define EV_GRID_PRINT_H

#include "base/buf.h"
#include "base/err.h"
#include "grid/grid.h"
#include "grid/mail.h"

/* The names, for the values of an option. */
#define EV_GRID_FORMATS "table json jsonl csv tsv md prom svg html"

struct ev_grid_look {
	bool	terminal;	/* nothing of the data may act on it */
	bool	color;
	bool	utc;		/* times for people are UTC, not local */
	bool	ascii;		/* the locale is not UTF-8 */
	size_t	width;		/* columns; 0: do not cut */
	const struct ev_grid_mail *mail; /* of mail: who gets it */
};

struct ev_grid_format {
	const char	*name;
	/* Appends; notes are part of it where they are for people. */
	void		(*print)(const struct ev_grid *grid,
			    const struct ev_grid_look *look,
			    struct ev_buf *out);
};

/* The row of a name, or NULL. */
const struct ev_grid_format *ev_grid_format(const char *name);
/* "mail": for those who set look->mail. */
extern const struct ev_grid_format ev_grid_mail_format;

/* The rows. */
void	ev_grid_table(const struct ev_grid *grid,
	    const struct ev_grid_look *look, struct ev_buf *out);
void	ev_grid_json(const struct ev_grid *grid,
	    const struct ev_grid_look *look, struct ev_buf *out);
void	ev_grid_jsonl(const struct ev_grid *grid,
	    const struct ev_grid_look *look, struct ev_buf *out);
void	ev_grid_csv(const struct ev_grid *grid,
	    const struct ev_grid_look *look, struct ev_buf *out);
void	ev_grid_tsv(const struct ev_grid *grid,
	    const struct ev_grid_look *look, struct ev_buf *out);
void	ev_grid_md(const struct ev_grid *grid,
	    const struct ev_grid_look *look, struct ev_buf *out);
void	ev_grid_prom(const struct ev_grid *grid,
	    const struct ev_grid_look *look, struct ev_buf *out);
void	ev_grid_svg(const struct ev_grid *grid,
	    const struct ev_grid_look *look, struct ev_buf *out);
void	ev_grid_html(const struct ev_grid *grid,
	    const struct ev_grid_look *look, struct ev_buf *out);
void	ev_grid_letter(const struct ev_grid *grid,
	    const struct ev_grid_look *look, struct ev_buf *out);

#endif
