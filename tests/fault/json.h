/*
 * json: is a line one JSON object (RFC 8259), and what are two of its strings?
 * For lines of the fault tests: ASCII, no escapes in ids and times.
 */
#ifndef FAULT_JSON_H
#define FAULT_JSON_H

#include <stdbool.h>
#include <stddef.h>

/* A top-level string to be taken out. */
struct json_want {
	const char	*name;
	char		*text;	/* out: "" when it is not there */
	size_t		 size;
};

/* wants ends with a row whose name is NULL. */
bool	json_object(const char *p, size_t n, const struct json_want *wants);

#endif
