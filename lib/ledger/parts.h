/*
 * parts: what the ledgers of Brewva keep, each on a board by an id.
 *
 * The first ones are views, too.  Most are kept by session; the schedule is one
 * for all (the empty id), a line of a WAL is kept by its walId.
 */
#ifndef EV_LEDGER_PARTS_H
#define EV_LEDGER_PARTS_H

enum ev_ledger_part {
	EV_PART_TAPE, EV_PART_TASKS, EV_PART_FACTS, EV_PART_SCHEDULE,
	EV_PART_WAL, EV_PART_COST,
	EV_PART_VIEWS,
	/* what a tape has beside that: since its last checkpoint */
	EV_PART_TAPE_TASKS = EV_PART_VIEWS, EV_PART_TAPE_FACTS,
	EV_PART_EVIDENCE, EV_PART_MEMORY,
	EV_PARTS
};

struct ev_part {
	const char	*name;
	const char	*empty;	/* the state before the first event, JSON */
	const char	*events; /* of a view: those that can change it, an
				  * expression (filter/expr.h) */
};

extern const struct ev_part ev_parts[EV_PARTS];

/* Of the parts of a tape (enum ev_tape_part): where they are kept. */
extern const unsigned char ev_parts_tape[];

#endif
