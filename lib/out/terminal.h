/*
 * terminal: what the other end of a descriptor can show.
 */
#ifndef EV_OUT_TERMINAL_H
#define EV_OUT_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

/* Columns and lines of a terminal: COLUMNS and LINES, else what the kernel
 * says of fd, else 80 and 24. */
size_t	ev_terminal_width(int fd);
size_t	ev_terminal_height(int fd);

/* True when the user's locale is not UTF-8: "..." instead of "…". */
bool	ev_terminal_ascii(void);

#endif
