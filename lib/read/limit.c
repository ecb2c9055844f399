#include "read/limit.h"

#include <string.h>

int
ev_limit_parse(struct ev_limit *limit, const char *text, struct ev_err *err)
{
	const char *p = text;
	uint64_t n = 0;

	*limit = (struct ev_limit){ EV_LIMIT_ALL, 0 };
	if (strcmp(text, "all") == 0)
		return 0;
	limit->kind = *p == '+' ? EV_LIMIT_FROM : EV_LIMIT_LAST;
	if (*p == '+')
		p++;
	if (*p == '\0')
		return ev_fail(err, "-n '%s': not N, +N or all", text);
	for (; *p >= '0' && *p <= '9'; p++) {
		if (n > UINT64_MAX / 16)
			return ev_fail(err, "-n '%s': too large", text);
		n = n * 10 + (uint64_t)(*p - '0');
	}
	if (*p != '\0')
		return ev_fail(err, "-n '%s': not N, +N or all", text);
	limit->n = n;
	if (limit->kind == EV_LIMIT_FROM && n <= 1)
		limit->kind = EV_LIMIT_ALL;
	return 0;
}

uint64_t
ev_limit_count(const struct ev_limit *limit, uint64_t matches)
{
	switch (limit->kind) {
	case EV_LIMIT_LAST:
		return matches < limit->n ? matches : limit->n;
	case EV_LIMIT_FROM:
		return matches < limit->n ? 0 : matches - limit->n + 1;
	default:
		return matches;
	}
}
