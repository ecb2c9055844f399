#include "out/pgcopy.h"

#include "out/dbtext.h"
#include "out/table.h"

void
ev_pgcopy_event(
    const struct ev_writer *writer, struct ev_event *ev, struct ev_buf *out)
{
	const struct ev_columns *columns = &writer->columns;
	size_t i, from;

	for (i = 0; i < columns->n; i++) {
		if (i > 0)
			ev_buf_addc(out, '\t');
		from = out->n;
		/* TAB, LF, CR and \ are escaped as in tsv */
		if (ev_dbtext(columns, i, ev, out))
			ev_tsv_cell(out, from);
		else
			ev_buf_adds(out, "\\N");
	}
	ev_buf_addc(out, '\n');
}
