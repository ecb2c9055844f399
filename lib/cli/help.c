#include "cli/help.h"

#include <string.h>

#define COLUMN 26 /* where the help texts begin */
#define WIDTH 79

/* The help text from the present column on, folded at blanks. */
static void
fold(struct ev_buf *out, const char *text, size_t at)
{
	size_t n;

	while (*text != '\0') {
		n = strcspn(text, " ");
		if (at > COLUMN && at + 1 + n > WIDTH) {
			ev_buf_addf(out, "\n%*s", COLUMN, "");
			at = COLUMN;
		} else if (at > COLUMN) {
			ev_buf_addc(out, ' ');
			at++;
		}
		ev_buf_add(out, text, n);
		at += n;
		text += n;
		text += strspn(text, " ");
	}
	ev_buf_addc(out, '\n');
}

static void
help_row(const struct ev_opt *o, struct ev_buf *out)
{
	size_t start = out->n;

	if (o->letter != '\0')
		ev_buf_addf(out, "  -%c, --%s", o->letter, o->name);
	else
		ev_buf_addf(out, "      --%s", o->name);
	if (o->arg != NULL)
		ev_buf_addf(out, o->optional ? "[=%s]" : "=%s", o->arg);
	if (out->n - start > COLUMN - 2)
		ev_buf_addf(out, "\n%*s", COLUMN, "");
	else
		ev_buf_addf(out, "%*s", (int)(COLUMN - (out->n - start)), "");
	fold(out, o->help, COLUMN);
}

void
ev_opt_help(const struct ev_opt_group *groups, size_t count, const char *usage,
    struct ev_buf *out)
{
	size_t i, j;

	ev_buf_adds(out, usage);
	for (i = 0; i < count; i++) {
		if (groups[i].count == 0)
			continue;
		ev_buf_addf(out, "\n%s:\n", groups[i].title);
		for (j = 0; j < groups[i].count; j++)
			help_row(&groups[i].opt[j], out);
	}
}

static void
list_rest(const struct ev_opt *o, struct ev_buf *out)
{
	if (o->arg != NULL)
		ev_buf_addf(out, o->optional ? "[%s]" : "%s", o->arg);
	ev_buf_addf(
	    out, "\t%s\t%s\n", o->values != NULL ? o->values : "", o->help);
}

void
ev_opt_list(const struct ev_opt_group *groups, size_t count, struct ev_buf *out)
{
	const struct ev_opt *o;
	size_t i, j;

	for (i = 0; i < count; i++)
		for (j = 0; j < groups[i].count; j++) {
			o = &groups[i].opt[j];
			if (o->letter != '\0') {
				ev_buf_addf(out, "-%c\t", o->letter);
				list_rest(o, out);
			}
			ev_buf_addf(out, "--%s\t", o->name);
			list_rest(o, out);
		}
}
