/*
 * amount: durations, sizes and numbers in a message.
 *
 * A number is digits, perhaps with a fraction and an exponent, and with a sign
 * at the start or behind a blank, quote, opening bracket, "=", ":", "," or ";".
 * It is bare when no word character stands on either side: E0308, TS2304, utf8,
 * x86_64, 4xx keep their digits.  A dot between digits belongs to the word:
 * 1.2.3 and v1.2 are versions and stay.
 */
#ifndef EV_EVENT_AMOUNT_H
#define EV_EVENT_AMOUNT_H

#include "event/lex.h"

/*
 * <qty>: numbers with a unit directly behind each (5ms, 1h30m, 512MiB, 50%), or
 * one number, a blank and a unit that cannot be mistaken (5 ms, 3 seconds, 12
 * bytes).
 */
ev_reader ev_amount_quantity;

/* <n>: a bare number. */
ev_reader ev_amount_number;

#endif
