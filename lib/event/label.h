/*
 * label: ids and hexadecimal words in a message.
 */
#ifndef EV_EVENT_LABEL_H
#define EV_EVENT_LABEL_H

#include "event/lex.h"

/*
 * <id>: a UUID (8-4-4-4-12 hexadecimal digits, either case), or a ULID: a word
 * of 26 characters of Crockford's base 32 in upper case, the first 0 to 7.
 */
ev_reader ev_label_id;

/*
 * <hex>: a word 0x and hexadecimal digits, or a word of 8 or more hexadecimal
 * digits with both a digit and a letter among them.
 */
ev_reader ev_label_hex;

#endif
