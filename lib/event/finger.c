#include "event/finger.h"

#include <stdint.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "event/normal.h"

#define PRINT_HEX 16

void
ev_finger_normalise(struct ev_buf *out, struct ev_slice message)
{
	ev_normal_message(out, message);
}

/* The line of a fingerprint: "0" is none. */
static struct ev_slice
line_of(const struct ev_finger *parts)
{
	return ev_slice_is(parts->line, "0") ? EV_SLICE("") : parts->line;
}

void
ev_finger_print(const struct ev_finger *parts, char out[EV_FINGER_SIZE])
{
	struct ev_buf text = EV_BUF_INIT;
	char hex[EV_SHA256_HEX];

	ev_buf_reserve(&text,
	    parts->type.n + parts->message.n + parts->file.n + parts->line.n +
		EV_NORMAL_MOST);
	ev_buf_addslice(&text, parts->type);
	ev_buf_addc(&text, ':');
	ev_normal_message(&text, parts->message);
	ev_buf_addc(&text, ':');
	ev_normal_file(&text, parts->file);
	ev_buf_addc(&text, ':');
	ev_buf_addslice(&text, line_of(parts));
	ev_sha256_hex(text.p, text.n, hex);
	ev_buf_clear(&text);
	memcpy(out, "fp_", 3);
	memcpy(out + 3, hex, PRINT_HEX);
	out[3 + PRINT_HEX] = '\0';
}

static uint32_t
hash_on(uint32_t hash, struct ev_slice text)
{
	struct ev_utf16 unit = { text.p, text.p + text.n, 0 };
	uint16_t c;

	while (ev_utf16_next(&unit, &c))
		hash = hash * 31 + c;
	return hash;
}

/* The absolute value of a signed 32-bit number in base 36. */
static void
spell(uint32_t hash, char out[EV_FINGER_SIZE])
{
	static const char digit[] = "0123456789abcdefghijklmnopqrstuvwxyz";
	char text[EV_FINGER_SIZE], *p = text + sizeof(text);

	if (hash > INT32_MAX)
		hash = -hash;
	*--p = '\0';
	do
		*--p = digit[hash % 36];
	while ((hash /= 36) != 0);
	memcpy(out, p, (size_t)(text + sizeof(text) - p));
}

void
ev_finger_simple(struct ev_slice text, char out[EV_FINGER_SIZE])
{
	spell(hash_on(0, text), out);
}

void
ev_finger_agentguard(const struct ev_finger *parts, char out[EV_FINGER_SIZE])
{
	const struct ev_slice colon = EV_SLICE(":");
	uint32_t hash = hash_on(0, parts->type);

	hash = hash_on(hash_on(hash, colon), parts->message);
	hash = hash_on(hash_on(hash, colon), parts->file);
	hash = hash_on(hash_on(hash, colon), parts->line);
	spell(hash, out);
}
