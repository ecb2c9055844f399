#include "store/state.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"

#define BOOT_ID "/proc/sys/kernel/random/boot_id"

void
ev_state_new(struct ev_state *state)
{
	unsigned char name[(EV_STATE_HEX - 1) / 2];

	*state = (struct ev_state){ .gen = 1, .rv = EV_ROUTING };
	ev_random(name, sizeof(name));
	ev_hex(name, sizeof(name), state->log);
	ev_state_boot(state->boot);
}

void
ev_state_boot(char out[EV_STATE_HEX])
{
	char id[64], hex[EV_SHA256_HEX];
	ssize_t n = 0;
	int fd = open(BOOT_ID, O_RDONLY | O_CLOEXEC);

	if (fd >= 0) {
		n = read(fd, id, sizeof(id));
		close(fd);
	}
	out[0] = '\0';
	if (n <= 0)
		return;
	ev_sha256_hex(id, (size_t)n, hex);
	memcpy(out, hex, EV_STATE_HEX - 1);
	out[EV_STATE_HEX - 1] = '\0';
}

bool
ev_state_dropped(const struct ev_state *state, int32_t day)
{
	return day >= 0 && (uint64_t)day < state->floor;
}

void
ev_state_forget(struct ev_state *state, int32_t day)
{
	const struct ev_part *part = ev_state_part(state, day);
	size_t at;

	if (part == NULL)
		return;
	at = (size_t)(part - state->part);
	state->parts--;
	memmove(state->part + at, state->part + at + 1,
	    (state->parts - at) * sizeof(*part));
}

const struct ev_part *
ev_state_part(const struct ev_state *state, int32_t day)
{
	size_t i;

	for (i = 0; i < state->parts; i++)
		if (state->part[i].day == day)
			return &state->part[i];
	return NULL;
}

void
ev_state_use(struct ev_state *state, struct ev_part part)
{
	const struct ev_part *old = ev_state_part(state, part.day);
	size_t at;

	if (old != NULL) {
		at = (size_t)(old - state->part);
	} else {
		if (state->parts < EV_STATE_PARTS)
			state->parts++;
		at = state->parts - 1;
	}
	memmove(state->part + 1, state->part, at * sizeof(part));
	state->part[0] = part;
}
