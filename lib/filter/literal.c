#include "filter/literal.h"

bool
ev_literal_plain(struct ev_slice text)
{
	size_t i;

	for (i = 0; i < text.n; i++)
		if (text.p[i] < ' ' || text.p[i] > '~' ||
		    strchr("\"\\/", text.p[i]) != NULL)
			return false;
	return text.n >= EV_LITERAL_LEAST;
}

struct ev_slice
ev_literal_globs(const char *list)
{
	struct ev_slice best = { list, 0 }, run;
	const char *p = list;

	/* Several patterns share no text; a class is not worth reading. */
	if (*list == '!' || strpbrk(list, ",[\\") != NULL)
		return best;
	while (*p != '\0') {
		run.p = p;
		run.n = strcspn(p, "*?");
		if (run.n > best.n && ev_literal_plain(run))
			best = run;
		p += run.n + (p[run.n] != '\0');
	}
	return best;
}
