#include "grid/print.h"

#include <string.h>

static const struct ev_grid_format formats[] = {
	{ "table", ev_grid_table },
	{ "json", ev_grid_json },
	{ "jsonl", ev_grid_jsonl },
	{ "csv", ev_grid_csv },
	{ "tsv", ev_grid_tsv },
	{ "md", ev_grid_md },
	{ "prom", ev_grid_prom },
	{ "svg", ev_grid_svg },
	{ "html", ev_grid_html },
};

const struct ev_grid_format ev_grid_mail_format = { "mail", ev_grid_letter };

const struct ev_grid_format *
ev_grid_format(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	return NULL;
}
