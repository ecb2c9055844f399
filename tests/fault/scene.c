#include "scene.h"

#define EVENT(id, type, time) \
	"{\"event_id\":\"" id "\",\"event_type\":\"" type "\"," \
	"\"timestamp\":\"" time "\",\"actor\":\"other\"," \
	"\"correlation_id\":null,\"data\":{\"bead_id\":\"gt-7\"}}"
#define TAIL(text) text, sizeof(text) - 1

#define TORN "{\"event_id\":\"evt-torn\",\"event_type\":\"bead.clo"
#define FOREIGN \
	EVENT("evt-f1", "mail.sent", "2026-01-06T08:30:00Z") \
	"\n" EVENT("evt-f2", "mail.read", "2025-12-24T18:00:00Z") "\n"
#define DAMAGED \
	EVENT("evt-f1", "mail.sent", "2026-01-06T08:30:00Z") \
	"\r\n" \
	"\n{\"event_id\":\"evt-\0\"}\n[1]\n{\"event_id\":\"evt-f3\"}\n"
#define BATCH \
	EVENT("evt-x1", "bead.created", "2026-01-06T09:00:00Z") \
	"\n" EVENT("evt-x2", "bead.hooked", \
	    "2026-01-07T00:00:01Z") "\n" EVENT("evt-x3", "bead.closed", \
	    "2026-01-06T23:59:59Z") "\n"
#define DAYS_BACK \
	EVENT("evt-f1", "mail.sent", "2025-12-01T10:00:00Z") \
	"\n" EVENT("evt-f2", "mail.sent", "2025-12-09T10:00:00Z") "\n" EVENT( \
	    "evt-f3", "mail.sent", \
	    "2025-12-02T10:00:00Z") "\n" EVENT("evt-f4", "mail.sent", \
	    "2025-11-30T10:00:00Z") "\n" EVENT("evt-f5", "mail.sent", \
	    "2025-12-03T10:00:00Z") "\n" EVENT("evt-f6", "mail.sent", \
	    "2025-12-04T10:00:00Z") "\n" EVENT("evt-f7", "mail.sent", \
	    "2025-12-05T10:00:00Z") "\n" EVENT("evt-f8", "mail.sent", \
	    "2025-12-01T11:00:00Z") "\n"
#define LONG 70000

/* clang-format off */
const struct scene scenes[] = {
	{ "none", NO_STORE, NULL, 0, NULL, NULL, 9, 1, true, NULL },
	{ "clean", STORE, NULL, 0, NULL, NULL, 9, 1, false, NULL },
	{ "torn", STORE, TAIL(TORN), NULL, NULL, 9, 1, false, NULL },
	{ "open", STORE, TAIL(EVENT("evt-f1", "mail.sent",
	    "2026-01-06T08:30:00Z")), NULL, NULL, 9, 1, false, NULL },
	{ "foreign", STORE, TAIL(FOREIGN), NULL, NULL, 9, 1, false, NULL },
	{ "damaged", STORE, TAIL(DAMAGED), NULL, NULL, 9, 1, false, NULL },
	{ "bare", LOG_ONLY, TAIL(FOREIGN TORN), NULL, NULL, 9, 1, false, NULL },
	{ "days", MANY_DAYS, NULL, 0, NULL, NULL, 9, 1, false, NULL },
	{ "days-back", MANY_DAYS, TAIL(DAYS_BACK), NULL, NULL, 9, 1, false, NULL },
	{ "state", NO_STATE, TAIL(TORN), NULL, NULL, 9, 1, false, NULL },
	{ "replaced", REPLACED, NULL, 0, NULL, NULL, 9, 1, false, NULL },
	{ "batch", STORE, NULL, 0, BATCH, NULL, 0, 1, true, NULL },
	{ "batch-torn", STORE, TAIL(TORN), BATCH, NULL, 0, 1, true, NULL },
	{ "sync", STORE, TAIL(TORN), NULL, "full", 9, 1, false, NULL },
	{ "long", STORE, TAIL(TORN), NULL, NULL, LONG, 997, false, NULL },
	{ NULL, NO_STORE, NULL, 0, NULL, NULL, 0, 0, false, NULL }
};

const struct scene scenes_errors[] = {
	{ "none", NO_STORE, NULL, 0, NULL, NULL, 9, 1, true, NULL },
	{ "clean", STORE, NULL, 0, NULL, NULL, 9, 1, false, NULL },
	{ "torn", STORE, TAIL(TORN), NULL, NULL, 9, 1, false, NULL },
	{ "bare", LOG_ONLY, TAIL(FOREIGN TORN), NULL, NULL, 9, 1, false, NULL },
	{ "days", MANY_DAYS, NULL, 0, NULL, NULL, 9, 1, false, NULL },
	{ "state", NO_STATE, TAIL(TORN), NULL, NULL, 9, 1, false, NULL },
	{ "batch", STORE, NULL, 0, BATCH, NULL, 0, 1, true, NULL },
	{ "sync", STORE, TAIL(TORN), NULL, "full", 9, 1, false, NULL },
	{ "long", STORE, TAIL(TORN), NULL, NULL, LONG, 1, false, NULL },
	{ "tail", STORE, TAIL(FOREIGN TORN), NULL, NULL, 9, 1, true,
	    "-n all -o id" },
	{ "tail-one", STORE, TAIL(DAMAGED), NULL, NULL, 9, 1, true,
	    "-n 1 -r -w data.bead_id=gt-7" },
	{ "tail-count", STORE, NULL, 0, NULL, NULL, 9, 1, true,
	    "--count --since 2026-01-05" },
	{ NULL, NO_STORE, NULL, 0, NULL, NULL, 0, 0, false, NULL }
};
/* clang-format on */
