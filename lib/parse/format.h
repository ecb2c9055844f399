/*
 * format: the formats of --from (3-commands 3.7), and whose rules they ask.
 */
#ifndef EV_PARSE_FORMAT_H
#define EV_PARSE_FORMAT_H

#include <stddef.h>

/* The name of the i-th format, in the order of the spec; NULL behind the last. */
const char *ev_format_name(size_t i);
/* The tools (enum ev_tool) that a format asks; 0: there is no such format. */
unsigned ev_format_tools(const char *name);

#endif
