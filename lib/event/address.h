/*
 * address: IP addresses, URLs and absolute paths in a message.
 */
#ifndef EV_EVENT_ADDRESS_H
#define EV_EVENT_ADDRESS_H

#include "event/lex.h"

/*
 * <ip>: four numbers up to 255 with dots between; eight groups of 1 to 4
 * hexadecimal digits, or fewer with one "::", at least one digit among them
 * (else it is C++), perhaps with %zone, at the start or behind a blank, quote,
 * opening bracket, "=", "," or ";", and not in front of "<" or of a ":" that
 * goes on; the same in brackets.  IPv4 and what is in brackets with or without
 * :port.
 */
ev_reader ev_address_ip;

/*
 * <url>: a letter, then letters, digits, "+", "-", "."; "://"; up to a blank,
 * quote, backslash, closing bracket or "<"; a ".", ",", ";", ":", "!" or "?"
 * at its end is none of it.
 */
ev_reader ev_address_url;

/*
 * <path>: a slash at the start or behind a blank, quote, opening bracket, "=",
 * ":", "," or ";"; or a letter, a colon and either slash (C:\).  A name follows:
 * a letter, digit or one of _.~@-+%$ or a character outside ASCII.  It goes on
 * up to a blank, quote, bracket, ",", ";", ":", "|" or (not behind a letter and
 * colon) a backslash; a ".", "!" or "?" at its end is none of it.
 */
ev_reader ev_address_path;

#endif
