#include "fsck/options.h"

#include <stddef.h>

#include "grid/print.h"

#define OPT(field) offsetof(struct ev_fsck_options, field)

/* clang-format off */
const struct ev_opt ev_fsck_options[EV_FSCK_OPTIONS] = {
	{ "repair", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "end a torn line, put back what the log lacks, make views anew",
	    OPT(repair), NULL },
	{ "rebuild", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "make day files and feed anew from the log", OPT(rebuild), NULL },
	{ "usage", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "show what each file takes", OPT(usage), NULL },
	{ "compress", '\0', EV_OPT_TEXT, false, "AGE", NULL,
	    "compress the day files that are older", OPT(compress), NULL },
	{ "rotate", '\0', EV_OPT_TEXT, false, "SIZE|AGE", NULL,
	    "begin the log anew when it is as large, or its first event as old",
	    OPT(rotate), NULL },
	{ "keep", '\0', EV_OPT_TEXT, false, "AGE", NULL,
	    "drop day files and feeds that are older", OPT(keep), NULL },
	{ "keep-size", '\0', EV_OPT_SIZE, false, "SIZE", NULL,
	    "drop day files and feeds but the newest SIZE", OPT(keep_size),
	    NULL },
	{ "redact", '\0', EV_OPT_TEXT, false, "ID", NULL,
	    "replace the event by a tombstone wherever it stands",
	    OPT(redact), NULL },
	{ "seal", '\0', EV_OPT_TEXT, false, "DAY", NULL,
	    "seal a day: later changes of its lines can be found",
	    OPT(seal), NULL },
	{ "seal-until", '\0', EV_OPT_TEXT, false, "T", NULL,
	    "seal the days that were over at T and are not sealed",
	    OPT(seal_until), NULL },
	{ "verify", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "compare the log with all of its seals", OPT(verify), NULL },
	{ "anchor", '\0', EV_OPT_FLAG, false, NULL, NULL,
	    "put the newest seal into a tag of git's, ev/seal/DAY",
	    OPT(anchor), NULL },
	{ "output", 'o', EV_OPT_TEXT, false, "FORMAT", EV_GRID_FORMATS,
	    "how to print: table (lines for people), json, jsonl and more",
	    OPT(output), NULL },
};
/* clang-format on */
