#include "store/slot.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "json/number.h"
#include "json/quote.h"
#include "json/walk.h"
#include "store/part.h"

#define CRC_KEY ",\"crc\":\""
#define CRC_TAIL (sizeof(CRC_KEY) - 1 + 8 + 2) /* with its "} */

enum kind { NUMBER, HEX32, FLAG, TEXT };

/* clang-format off */
static const struct field {
	const char	*key;
	enum kind	 kind;
	size_t		 at, size;
} fields[] = {
#define AT(member) offsetof(struct ev_state, member), \
	    sizeof(((struct ev_state *)0)->member)
	{ "seq",	NUMBER,	AT(seq) },
	{ "log",	TEXT,	AT(log) },
	{ "gen",	NUMBER,	AT(gen) },
	{ "boot",	TEXT,	AT(boot) },
	{ "rv",		NUMBER,	AT(rv) },
	{ "m",		NUMBER,	AT(m) },
	{ "mc",		HEX32,	AT(mc) },
	{ "fb",		NUMBER,	AT(fb) },
	{ "fl",		NUMBER,	AT(fl) },
	{ "last",	TEXT,	AT(last) },
	{ "st",		FLAG,	AT(stale) },
	{ "w",		FLAG,	AT(wide) },
#undef AT
};
/* These are written only when they are not 0. */
static const struct field rare[] = {
#define AT(member) offsetof(struct ev_state, member), \
	    sizeof(((struct ev_state *)0)->member)
	{ "fd",		NUMBER,	AT(floor) },
	{ "pk",		NUMBER,	AT(packing) },
	{ "rd",		FLAG,	AT(redact) },
	{ "b",		NUMBER,	AT(base) },
	{ "ro",		FLAG,	AT(rotating) },
	{ "uf",		FLAG,	AT(unforced) },
#undef AT
};
/* clang-format on */
#define RARE (sizeof(rare) / sizeof(rare[0]))
#define FIELDS (sizeof(fields) / sizeof(fields[0]))

static bool
parse_hex32(struct ev_slice text, uint32_t *out)
{
	static const char digits[] = "0123456789abcdef";
	const char *digit;
	uint32_t value = 0;
	size_t i;

	if (text.n != 8)
		return false;
	for (i = 0; i < text.n; i++) {
		digit = memchr(digits, text.p[i], sizeof(digits) - 1);
		if (digit == NULL)
			return false;
		value = value << 4 | (uint32_t)(digit - digits);
	}
	*out = value;
	return true;
}

static bool
parse_number(const struct ev_val *val, uint64_t *out)
{
	int64_t value;

	if (val->kind != EV_NUMBER || !ev_num_int(ev_val_slice(val), &value) ||
	    value < 0)
		return false;
	*out = (uint64_t)value;
	return true;
}

static bool
parse_field(const struct field *field, const struct ev_val *val, void *state)
{
	void *to = (char *)state + field->at;
	uint64_t number;

	switch (field->kind) {
	case NUMBER:
		return parse_number(val, to);
	case HEX32:
		return val->kind == EV_STRING &&
		    parse_hex32(ev_val_slice(val), to);
	case FLAG:
		if (!parse_number(val, &number))
			return false;
		*(bool *)to = number != 0;
		return true;
	default: /* TEXT */
		if (val->kind != EV_STRING || val->n >= field->size)
			return false;
		memcpy(to, val->p, val->n);
		((char *)to)[val->n] = '\0';
		return true;
	}
}

static bool
parse_part(const struct ev_val *row, struct ev_part *part)
{
	struct ev_val name, n, crc, more;
	struct ev_walk walk;

	ev_walk_begin(&walk, row);
	return row->kind == EV_ARRAY && ev_walk_next(&walk, NULL, &name) &&
	    ev_walk_next(&walk, NULL, &n) && ev_walk_next(&walk, NULL, &crc) &&
	    !ev_walk_next(&walk, NULL, &more) && name.kind == EV_STRING &&
	    ev_part_parse(ev_val_slice(&name), &part->day) &&
	    parse_number(&n, &part->n) && crc.kind == EV_STRING &&
	    parse_hex32(ev_val_slice(&crc), &part->crc);
}

static bool
parse_parts(const struct ev_val *list, struct ev_state *state)
{
	struct ev_walk walk;
	struct ev_val row;

	ev_walk_begin(&walk, list);
	while (ev_walk_next(&walk, NULL, &row)) {
		if (state->parts == EV_STATE_PARTS ||
		    !parse_part(&row, &state->part[state->parts++]))
			return false;
	}
	return list->kind == EV_ARRAY;
}

/* One member; *seen counts those that are needed.  They mostly stand in the
 * order of the table: the search begins at *next. */
static bool
parse_member(struct ev_state *state, const struct ev_val *key,
    const struct ev_val *val, size_t *seen, size_t *next)
{
	uint64_t version;
	size_t i, n;

	if (ev_val_is(key, "v")) {
		++*seen;
		return parse_number(val, &version) && version == 1;
	}
	if (ev_val_is(key, "p")) {
		++*seen;
		return parse_parts(val, state);
	}
	for (n = 0; n < FIELDS; n++) {
		i = (*next + n) % FIELDS;
		if (ev_val_is(key, fields[i].key)) {
			++*seen;
			*next = i + 1;
			return parse_field(&fields[i], val, state);
		}
	}
	for (i = 0; i < RARE; i++)
		if (ev_val_is(key, rare[i].key))
			return parse_field(&rare[i], val, state);
	return true;
}

/* The line's length when its checksum holds, else 0. */
static size_t
sealed_length(const char slot[EV_SLOT_SIZE])
{
	size_t n = EV_SLOT_SIZE, body;
	uint32_t crc;

	if (slot[n - 1] != '\n')
		return 0;
	for (n--; n > 0 && slot[n - 1] == ' ';)
		n--;
	if (n <= CRC_TAIL)
		return 0;
	body = n - CRC_TAIL;
	if (memcmp(slot + body, CRC_KEY, sizeof(CRC_KEY) - 1) != 0 ||
	    memcmp(slot + n - 2, "\"}", 2) != 0 ||
	    !parse_hex32((struct ev_slice){ slot + n - 10, 8 }, &crc) ||
	    crc != ev_crc32c(0, slot, body))
		return 0;
	return n;
}

bool
ev_slot_parse(struct ev_state *state, const char slot[EV_SLOT_SIZE])
{
	char line[EV_SLOT_SIZE + EV_SCAN_PAD];
	size_t n = sealed_length(slot), seen = 0, next = 0;
	struct ev_val root, key, val;
	struct ev_walk walk;

	*state = (struct ev_state){ 0 };
	if (n == 0)
		return false;
	memcpy(line, slot, n);
	memset(line + n, 0, sizeof(line) - n);
	/* what ends in a brace, as it does, is an object */
	if (ev_scan_value(line, n, &root, NULL) != EV_SCAN_OK)
		return false;
	ev_walk_begin(&walk, &root);
	while (ev_walk_next(&walk, &key, &val))
		if (!parse_member(state, &key, &val, &seen, &next))
			return false;
	return seen == FIELDS + 2;
}

/* The members that are mostly not there. */
static size_t
format_rare(const struct ev_state *state, char *to, size_t size)
{
	const uint64_t value[RARE] = { state->floor, state->packing,
		state->redact, state->base, state->rotating, state->unforced };
	size_t n = 0, i;

	for (i = 0; i < RARE; i++)
		if (value[i] > 0)
			n += (size_t)snprintf(to + n, size - n, "\"%s\":%llu,",
			    rare[i].key, (unsigned long long)value[i]);
	return n;
}

/* The members before "p".  Their length. */
static size_t
format_head(const struct ev_state *state, char *to, size_t size)
{
	size_t n = (size_t)snprintf(to, size,
	    "{\"v\":1,\"seq\":%llu,\"log\":\"%s\",\"gen\":%llu,"
	    "\"boot\":\"%s\",\"rv\":%llu,\"m\":%llu,\"mc\":\"%08x\","
	    "\"fb\":%llu,\"fl\":%llu,\"last\":\"%s\",\"st\":%d,\"w\":%d,",
	    (unsigned long long)state->seq, state->log,
	    (unsigned long long)state->gen, state->boot,
	    (unsigned long long)state->rv, (unsigned long long)state->m,
	    state->mc, (unsigned long long)state->fb,
	    (unsigned long long)state->fl, state->last, state->stale,
	    state->wide);

	n += format_rare(state, to + n, size - n);
	return n + (size_t)snprintf(to + n, size - n, "\"p\":[");
}

void
ev_slot_format(struct ev_state *state, char slot[EV_SLOT_SIZE])
{
	const size_t most = EV_SLOT_SIZE - 1 - CRC_TAIL - 1;
	size_t n = format_head(state, slot, EV_SLOT_SIZE), i, m;
	char row[64], name[EV_PART_SIZE];

	for (i = 0; i < state->parts; i++) {
		ev_part_name(state->part[i].day, name);
		m = (size_t)snprintf(row, sizeof(row),
		    "%s[\"%s\",%llu,\"%08x\"]", i > 0 ? "," : "", name,
		    (unsigned long long)state->part[i].n, state->part[i].crc);
		if (n + m > most)
			break;
		memcpy(slot + n, row, m);
		n += m;
	}
	state->parts = i;
	slot[n++] = ']';
	snprintf(row, sizeof(row), CRC_KEY "%08x\"}", ev_crc32c(0, slot, n));
	memcpy(slot + n, row, CRC_TAIL);
	n += CRC_TAIL;
	memset(slot + n, ' ', EV_SLOT_SIZE - 1 - n);
	slot[EV_SLOT_SIZE - 1] = '\n';
}

/* The number of a slot by its first bytes, sound or not. */
static uint64_t
peek_seq(const char slot[EV_SLOT_SIZE])
{
	static const char head[] = "{\"v\":1,\"seq\":";
	const char *p = slot + sizeof(head) - 1;
	uint64_t seq = 0;

	if (memcmp(slot, head, sizeof(head) - 1) != 0)
		return 0;
	for (; *p >= '0' && *p <= '9' && seq < UINT64_MAX / 16; p++)
		seq = seq * 10 + (uint64_t)(*p - '0');
	return seq;
}

int
ev_slot_read(int fd, struct ev_state *state)
{
	char slots[2 * EV_SLOT_SIZE], *one = slots, *two = slots + EV_SLOT_SIZE;
	ssize_t n = ev_pread_all(fd, slots, sizeof(slots), 0);
	bool swap;

	if (n < 0)
		return -1;
	memset(slots + n, 0, sizeof(slots) - (size_t)n);
	/* the newer one counts; the other only when that is damaged */
	swap = peek_seq(two) > peek_seq(one);
	return ev_slot_parse(state, swap ? two : one) ||
	    ev_slot_parse(state, swap ? one : two);
}

int
ev_slot_write(int fd, struct ev_state *state)
{
	char slot[EV_SLOT_SIZE];

	state->seq++;
	ev_slot_format(state, slot);
	return ev_pwrite_all(
	    fd, slot, sizeof(slot), (off_t)(state->seq % 2 * EV_SLOT_SIZE));
}
