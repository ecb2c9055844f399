#include "event/derive.h"

#include "event/level.h"
#include "event/severity.h"
#include "json/quote.h"

#define NONE \
	{ \
		NULL, EV_ROLES \
	}
#define EPOCH_MS_LEAST 12 /* digits of milliseconds: 1973 to 5138 */
#define EPOCH_MS_MOST 14

static const struct ev_val absent = { .kind = EV_NONE };

static struct ev_val
number(const char *text)
{
	return (struct ev_val){ text, (uint32_t)strlen(text), EV_NUMBER, 0 };
}

static struct ev_val
level(enum ev_level level)
{
	/* quoted: a string value's raw form has its quotes around it */
	static const char *const quoted[] = { [EV_AUDIT] = "\"audit\"",
		[EV_OPS] = "\"ops\"",
		[EV_DEBUG] = "\"debug\"" };
	const char *text = quoted[level];

	return (struct ev_val){ text + 1, (uint32_t)strlen(text) - 2, EV_STRING,
		0 };
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* evt_1770477654236, sig_1781014418137_a26cf652: the milliseconds. */
static struct ev_val
from_id(const struct ev_val operand[2], struct ev_buf *scratch)
{
	struct ev_slice id = ev_val_text(&operand[0], scratch);
	const char *p = id.p, *end = id.p + id.n, *from;

	while (p < end) {
		for (from = p; p < end && is_digit(*p);)
			p++;
		if (p - from >= EPOCH_MS_LEAST && p - from <= EPOCH_MS_MOST &&
		    *from != '0')
			return (struct ev_val){ from, (uint32_t)(p - from),
				EV_NUMBER, 0 };
		if (p < end)
			p++;
	}
	return absent;
}

static struct ev_val
level_of_type(const struct ev_val operand[2], struct ev_buf *scratch)
{
	return level(ev_level_of(ev_val_text(&operand[0], scratch)));
}

static struct ev_val
severity_of_type(const struct ev_val operand[2], struct ev_buf *scratch)
{
	static const char *const text[] = { "0", "1", "2", "3", "4", "5" };

	if (operand[0].kind == EV_NONE)
		return absent;
	return number(text[ev_severity_of(ev_val_text(&operand[0], scratch))]);
}

static struct ev_val
actor_of_agent(const struct ev_val operand[2], struct ev_buf *scratch)
{
	struct ev_slice type = ev_val_text(&operand[1], scratch);

	return ev_slice_starts(type, "agent.") ? operand[0] : absent;
}

static struct ev_val
severity_of_error(const struct ev_val operand[2], struct ev_buf *scratch)
{
	(void)scratch;
	return ev_val_is(&operand[0], "error") ? number("3") : absent;
}

static struct ev_val
level_of_visibility(const struct ev_val operand[2], struct ev_buf *scratch)
{
	(void)scratch;
	return level(ev_val_is(&operand[0], "audit") ? EV_AUDIT : EV_OPS);
}

static struct ev_val
kind_of_memory(const struct ev_val operand[2], struct ev_buf *scratch)
{
	(void)scratch;
	return ev_val_is(&operand[1], "MemoryGraphEvent") ? operand[0] : absent;
}

/* clang-format off */
static const struct ev_derive derive[] = {
	{ "%id", { { NULL, EV_ID }, NONE }, from_id },
	{ "%level", { { NULL, EV_TYPE }, NONE }, level_of_type },
	{ "%severity", { { NULL, EV_TYPE }, NONE }, severity_of_type },
	{ "%actor", { { NULL, EV_ACTOR }, { NULL, EV_TYPE } },
	    actor_of_agent },
	{ "%error", { { NULL, EV_TYPE }, NONE }, severity_of_error },
	{ "%visibility", { { "visibility", EV_ROLES }, NONE },
	    level_of_visibility },
	{ "%kind", { { "kind", EV_ROLES }, { "type", EV_ROLES } },
	    kind_of_memory },
};
/* clang-format on */

const struct ev_derive *
ev_derive_named(struct ev_slice name)
{
	size_t i;

	for (i = 0; i < sizeof(derive) / sizeof(derive[0]); i++)
		if (ev_slice_is(name, derive[i].name))
			return &derive[i];
	return NULL;
}
