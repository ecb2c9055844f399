/* A slot of a store's state, as it is and with the right checksum. */
#include "fuzz.h"

#include "base/hash.h"
#include "store/slot.h"

/* What is sound is written as it was read. */
static void
try_slot(const char slot[EV_SLOT_SIZE])
{
	char first[EV_SLOT_SIZE], second[EV_SLOT_SIZE];
	struct ev_state state, back;

	if (!ev_slot_parse(&state, slot))
		return;
	HOLDS(state.parts <= EV_STATE_PARTS && state.fb + state.fl >= state.fb);
	ev_slot_format(&state, first);
	HOLDS(ev_slot_parse(&back, first));
	ev_slot_format(&back, second);
	HOLDS(memcmp(first, second, sizeof(first)) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const size_t tail = sizeof(",\"crc\":\"01234567\"}") - 1;
	char slot[EV_SLOT_SIZE], crc[32];

	memset(slot, ' ', sizeof(slot));
	slot[sizeof(slot) - 1] = '\n';
	memcpy(slot, p, n < sizeof(slot) ? n : sizeof(slot));
	try_slot(slot);
	/* the input as a slot's members, without its last bracket */
	if (n + tail >= sizeof(slot))
		return 0;
	snprintf(crc, sizeof(crc), ",\"crc\":\"%08x\"}", ev_crc32c(0, slot, n));
	memcpy(slot + n, crc, tail);
	try_slot(slot);
	return 0;
}
