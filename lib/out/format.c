#include "out/format.h"

#include <string.h>

#include "out/dbtext.h"
#include "out/envelope.h"
#include "out/escape.h"
#include "out/otlp.h"
#include "out/pgcopy.h"
#include "out/short.h"
#include "out/sql.h"
#include "out/table.h"

struct ev_format {
	const char *name;
	const enum ev_role *roles; /* wanted; may be NULL */
	const char *before;	   /* of each record */
	const char *columns;	   /* default ones; NULL: --columns is wrong */
	bool records;		   /* ended by LF, or NUL */
	bool safe;		   /* escapes for terminals itself */
	void (*head)(const struct ev_writer *writer, struct ev_buf *out);
	void (*event)(const struct ev_writer *writer, struct ev_event *ev,
	    struct ev_buf *out);
};

/* clang-format off */
static const struct ev_format formats[] = {
	{ "jsonl", NULL, "", NULL, true, false, NULL, ev_jsonl_event },
	{ "short", ev_short_roles, "", NULL, true, true,
	    NULL, ev_short_event },
	{ "json-seq", NULL, "\036", NULL, true, false, NULL, ev_jsonl_event },
	{ "csv", NULL, "", EV_COLUMNS_DEFAULT, false, false,
	    ev_csv_head, ev_csv_event },
	{ "tsv", NULL, "", EV_COLUMNS_DEFAULT, false, false,
	    ev_tsv_head, ev_tsv_event },
	{ "md", NULL, "", EV_COLUMNS_DEFAULT, false, false,
	    ev_md_head, ev_md_event },
	{ "id", ev_id_roles, "", NULL, true, false, NULL, ev_id_event },
	{ "cloudevents", ev_cloudevents_roles, "", NULL, true, false,
	    NULL, ev_cloudevents_event },
	{ "structured", ev_structured_roles, "", NULL, true, false,
	    NULL, ev_structured_event },
	{ "pgcopy", NULL, "", EV_DBTEXT_COLUMNS, false, false,
	    NULL, ev_pgcopy_event },
	{ "sql", NULL, "", EV_DBTEXT_COLUMNS, false, false,
	    NULL, ev_sql_event },
	{ "otlp", ev_otlp_roles, "", NULL, true, false, NULL, ev_otlp_event },
};
/* clang-format on */

static const struct ev_format *
format_named(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	}
	return NULL;
}

int
ev_format_open(struct ev_writer *writer, const char *name, const char *columns,
    struct ev_model *model, struct ev_err *err)
{
	const struct ev_format *format = format_named(name);
	const enum ev_role *role;

	if (format == NULL)
		return ev_fail(err, "no output '%s' (there are: %s)", name,
		    EV_FORMAT_NAMES);
	if (columns != NULL && format->columns == NULL)
		return ev_fail(err,
		    "--columns is for -o csv, tsv, md, pgcopy and sql, not "
		    "for %s",
		    name);
	if (writer->nul && !format->records)
		return ev_fail(err,
		    "-0 is not for -o %s: a table's rows end "
		    "in newlines",
		    name);
	writer->format = format;
	writer->columns = (struct ev_columns)EV_COLUMNS_INIT;
	for (role = format->roles; role != NULL && *role != EV_ROLES; role++)
		ev_model_want(model, *role);
	if (format->columns == NULL)
		return 0;
	return ev_columns_parse(&writer->columns,
	    columns != NULL ? columns : format->columns, model, err);
}

void
ev_format_close(struct ev_writer *writer)
{
	ev_columns_clear(&writer->columns);
}

bool
ev_format_stored(const struct ev_writer *writer)
{
	return writer->own == NULL && writer->format->event == ev_jsonl_event &&
	    writer->format->before[0] == '\0' && !writer->nul &&
	    !writer->terminal;
}

void
ev_format_head(const struct ev_writer *writer, struct ev_buf *out)
{
	size_t from = out->n;

	if (writer->own != NULL || writer->format->head == NULL)
		return;
	writer->format->head(writer, out);
	if (writer->terminal)
		ev_escape_lines(out, from);
}

void
ev_format_event(
    const struct ev_writer *writer, struct ev_event *ev, struct ev_buf *out)
{
	const struct ev_format *format = writer->format;
	size_t from;

	if (writer->own != NULL) {
		writer->own(writer->own_arg, ev, out);
		return;
	}
	ev_buf_adds(out, format->before);
	from = out->n;
	format->event(writer, ev, out);
	if (writer->terminal && !format->safe)
		ev_escape_lines(out, from);
	if (format->records)
		ev_buf_addc(out, writer->nul ? '\0' : '\n');
}
