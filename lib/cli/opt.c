#include "cli/opt.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void
list_add(struct ev_list *list, const char *arg)
{
	list->v = ev_realloc(list->v, list->n + 1, sizeof(*list->v));
	list->v[list->n++] = arg;
}

/* Is word one of the words, which blanks part? */
static bool
word_in(const char *words, const char *word)
{
	size_t n = strlen(word);
	const char *p;

	if (strchr(word, ' ') != NULL)
		return false;
	for (p = words; (p = strstr(p, word)) != NULL; p += n)
		if (n > 0 && (p == words || p[-1] == ' ') &&
		    (p[n] == '\0' || p[n] == ' '))
			return true;
	return false;
}

static int
fill_number(long *field, const char *arg, struct ev_err *err)
{
	char *end;

	errno = 0;
	*field = strtol(arg, &end, 10);
	if (errno != 0 || end == arg || *end != '\0')
		return ev_fail(err, "'%s' is not a whole number", arg);
	return 0;
}

static int
fill_positive(long *field, const char *arg, struct ev_err *err)
{
	if (fill_number(field, arg, err) == -1)
		return -1;
	if (*field < 1)
		return ev_fail(err, "'%s': a number from 1 on is needed", arg);
	return 0;
}

int
ev_opt_fill(
    const struct ev_opt *opt, void *fill, const char *arg, struct ev_err *err)
{
	void *field = (char *)fill + opt->offset;
	const char *text = arg != NULL ? arg : "";

	if (opt->values != NULL && arg != NULL && !word_in(opt->values, arg))
		return ev_fail(err, "'%s' is not one of: %s", arg, opt->values);
	switch (opt->kind) {
	case EV_OPT_FLAG:
		*(bool *)field = true;
		return 0;
	case EV_OPT_COUNT:
		++*(int *)field;
		return 0;
	case EV_OPT_TEXT:
		*(const char **)field = arg;
		return 0;
	case EV_OPT_LIST:
		list_add(field, arg);
		return 0;
	case EV_OPT_PAIR:
		((const char **)field)[0] = arg;
		return 0;
	case EV_OPT_NUMBER:
		return fill_number(field, text, err);
	case EV_OPT_POSITIVE:
		return fill_positive(field, text, err);
	case EV_OPT_SIZE:
		return ev_opt_size(text, field, err);
	case EV_OPT_CALL:
		return opt->set(field, arg, err);
	}
	return 0;
}

int
ev_opt_size(const char *text, size_t *out, struct ev_err *err)
{
	static const char unit[] = "KMG";
	unsigned long long n;
	const char *u, *rest;
	char *end;
	int shift = 0;

	errno = 0;
	n = strtoull(text, &end, 10);
	rest = end;
	u = *rest != '\0' ? strchr(unit, *rest & ~0x20) : NULL;
	if (u != NULL) {
		shift = 10 * (int)(u - unit + 1);
		rest++;
		if (strcmp(rest, "iB") == 0)
			rest += 2;
		else if (strcmp(rest, "B") == 0)
			rest++;
	}
	if (end == text || *text == '-' || *rest != '\0' || errno != 0 ||
	    n > (unsigned long long)(SIZE_MAX >> 1) >> shift)
		return ev_fail(err,
		    "'%s' is not a size, such as 4096, 64M "
		    "or 1G",
		    text);
	*out = (size_t)(n << shift);
	return 0;
}
