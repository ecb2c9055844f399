#include "text/recent.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define BACK_MOST 1000000000

/* "-3" behind the @; 0: not such a number. */
static unsigned
back_of(const char *text)
{
	unsigned long n;
	char *end;

	if (text[0] != '-' || text[1] < '1' || text[1] > '9')
		return 0;
	errno = 0;
	n = strtoul(text + 1, &end, 10);
	return *end == '\0' && errno == 0 && n <= BACK_MOST ? (unsigned)n : 0;
}

int
ev_recent_parse(struct ev_recent *recent, const char *text, struct ev_err *err)
{
	*recent = (struct ev_recent){ 1, NULL };
	if (strncmp(text, "@last:", 6) == 0)
		recent->types = ev_globs_new(text + 6);
	else if (strcmp(text, "@last") != 0)
		recent->back = *text == '@' ? back_of(text + 1) : 0;
	if (recent->back == 0)
		return ev_fail(
		    err, "'%s' is not @last, @last:TYPE or @-3", text);
	return 0;
}
