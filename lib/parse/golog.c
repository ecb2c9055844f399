#include "parse/golog.h"

static void
keep(char *to, size_t size, struct ev_slice text)
{
	size_t n = text.n < size ? text.n : size - 1;

	if (text.n >= size)
		while (n > 0 && ((unsigned char)text.p[n] & 0xc0) == 0x80)
			n--;
	if (n > 0)
		memcpy(to, text.p, n);
	to[n] = '\0';
}

void
ev_golog_add(struct ev_golog *log, struct ev_slice name, struct ev_slice file,
    uint32_t line, struct ev_slice text)
{
	struct ev_golog_row *row = ev_golog_find(log, name);

	if (name.n == 0 || name.n >= EV_GOLOG_NAME)
		return;
	if (row != NULL) {
		if (row->text[0] == '\0')
			keep(row->text, sizeof(row->text), text);
		return;
	}
	row = &log->row[log->next];
	log->next = (log->next + 1) % EV_GOLOG_TESTS;
	keep(row->name, sizeof(row->name), name);
	keep(row->file, sizeof(row->file), file);
	keep(row->text, sizeof(row->text), text);
	row->line = line;
}

struct ev_golog_row *
ev_golog_find(struct ev_golog *log, struct ev_slice name)
{
	size_t i;

	for (i = 0; i < EV_GOLOG_TESTS && name.n > 0; i++)
		if (ev_slice_is(name, log->row[i].name))
			return &log->row[i];
	return NULL;
}
