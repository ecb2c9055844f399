#include "out/sql.h"

#include <string.h>

#include "out/dbtext.h"

/* Appends text in quotes, those in it doubled. */
static void
put_quoted(struct ev_buf *out, struct ev_slice text, char quote)
{
	const char *p = text.p, *end = p + text.n, *next;

	ev_buf_addc(out, quote);
	while ((next = memchr(p, quote, (size_t)(end - p))) != NULL) {
		ev_buf_add(out, p, (size_t)(next + 1 - p));
		ev_buf_addc(out, quote);
		p = next + 1;
	}
	ev_buf_add(out, p, (size_t)(end - p));
	ev_buf_addc(out, quote);
}

void
ev_sql_event(
    const struct ev_writer *writer, struct ev_event *ev, struct ev_buf *out)
{
	const struct ev_columns *columns = &writer->columns;
	struct ev_buf cell = EV_BUF_INIT;
	size_t i;

	ev_buf_adds(out, "INSERT INTO events (");
	for (i = 0; i < columns->n; i++) {
		if (i > 0)
			ev_buf_addc(out, ',');
		put_quoted(out, ev_slice_of(ev_dbtext_name(columns, i)), '"');
	}
	ev_buf_adds(out, ") VALUES (");
	for (i = 0; i < columns->n; i++) {
		if (i > 0)
			ev_buf_addc(out, ',');
		ev_buf_reset(&cell);
		if (ev_dbtext(columns, i, ev, &cell))
			put_quoted(out, ev_buf_slice(&cell), '\'');
		else
			ev_buf_adds(out, "NULL");
	}
	ev_buf_adds(out, ");\n");
	ev_buf_clear(&cell);
}
