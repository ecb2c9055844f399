#include "ledger/parts.h"

#include "ledger/cost.h"
#include "ledger/evidence.h"
#include "ledger/facts.h"
#include "ledger/memory.h"
#include "ledger/schedule.h"
#include "ledger/tape.h"
#include "ledger/tasks.h"
#include "ledger/wal.h"

/* clang-format off */
#define BREWVA "dialect *= \"brewva\""
#define OF_TYPE(type) BREWVA " and type *= \"" type "\""

const struct ev_part ev_parts[EV_PARTS] = {
	[EV_PART_TAPE] = { "tape", EV_TAPE_EMPTY, BREWVA },
	[EV_PART_TASKS] = { "tasks", EV_TASKS_EMPTY,
	    OF_TYPE("task_event") },
	[EV_PART_FACTS] = { "facts", EV_FACTS_EMPTY,
	    OF_TYPE("truth_event") },
	[EV_PART_SCHEDULE] = { "schedule", EV_SCHEDULE_EMPTY,
	    OF_TYPE("schedule_intent") },
	[EV_PART_WAL] = { "wal", EV_WAL_EMPTY,
	    "dialect *= \"brewva-wal\" or "
	    OF_TYPE("turn_wal_recovery_completed") },
	[EV_PART_COST] = { "cost", EV_COST_EMPTY,
	    BREWVA " and (type *= \"cost_update\" or "
	    "type *= \"budget_alert\" or type *= \"checkpoint\")" },
	[EV_PART_TAPE_TASKS] = { "tape.tasks", EV_TASKS_EMPTY, NULL },
	[EV_PART_TAPE_FACTS] = { "tape.facts", EV_FACTS_EMPTY, NULL },
	[EV_PART_EVIDENCE] = { "tape.evidence", EV_EVIDENCE_EMPTY, NULL },
	[EV_PART_MEMORY] = { "tape.memory", EV_MEMORY_EMPTY, NULL },
};

const unsigned char ev_parts_tape[EV_TAPE_PARTS] = {
	[EV_TAPE_TASKS] = EV_PART_TAPE_TASKS,
	[EV_TAPE_FACTS] = EV_PART_TAPE_FACTS,
	[EV_TAPE_COST] = EV_PART_COST,
	[EV_TAPE_EVIDENCE] = EV_PART_EVIDENCE,
	[EV_TAPE_MEMORY] = EV_PART_MEMORY,
};
/* clang-format on */
