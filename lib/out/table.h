/*
 * table: events as rows of csv, tsv and md; where each of these escapes.
 *
 * What no text file holds (NUL, a lone surrogate) becomes U+FFFD.
 */
#ifndef EV_OUT_TABLE_H
#define EV_OUT_TABLE_H

#include "base/buf.h"
#include "event/event.h"
#include "out/writer.h"

/*
 * RFC 4180 with LF: cells with a comma, quote, CR or LF stand in quotes.  A
 * cell that a spreadsheet would run (= + - @ TAB CR first) gets an apostrophe
 * before it, except a plain JSON number.
 */
void	ev_csv_head(const struct ev_writer *writer, struct ev_buf *out);
void	ev_csv_event(const struct ev_writer *writer, struct ev_event *ev,
	    struct ev_buf *out);

/* TAB, LF, CR and \ inside cells are \t \n \r \\. */
void	ev_tsv_head(const struct ev_writer *writer, struct ev_buf *out);
void	ev_tsv_event(const struct ev_writer *writer, struct ev_event *ev,
	    struct ev_buf *out);

/* A Markdown table; what Markdown or HTML would act on is escaped. */
void	ev_md_head(const struct ev_writer *writer, struct ev_buf *out);
void	ev_md_event(const struct ev_writer *writer, struct ev_event *ev,
	    struct ev_buf *out);

/* One cell: escapes what stands in out from offset `from` on. */
void	ev_csv_cell(struct ev_buf *out, size_t from);
void	ev_tsv_cell(struct ev_buf *out, size_t from);
void	ev_md_cell(struct ev_buf *out, size_t from);

#endif
