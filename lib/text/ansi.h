/*
 * ansi: the escape sequences of terminals (ECMA-48 5.4, 8.3.89).
 */
#ifndef EV_TEXT_ANSI_H
#define EV_TEXT_ANSI_H

#include <stdbool.h>

#define EV_ANSI_ESC '\x1b'

/* p: an ESC (p < end); gives the place behind its sequence, whole or not. */
const char *ev_ansi_skip(const char *p, const char *end);

/* p: an ESC; does its sequence go to the first column (CSI G, CSI 1 G)? */
bool	ev_ansi_home(const char *p, const char *end);

#endif
