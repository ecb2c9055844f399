#include "base/names.h"

#include <stdio.h>

#include "test.h"

static struct ev_slice
text_of(uint32_t i, char *room, size_t size)
{
	/* of several lengths, none among them */
	int n = i == 7 ? 0 :
			 snprintf(room, size, "%u:%.*s", i, (int)(i % 40),
			     "abcdefghijklmnopqrstuvwxyzabcdefghijklmnop");

	return (struct ev_slice){ room, (size_t)n };
}

static void
test_numbers(void)
{
	struct ev_names *names = ev_names_new();
	struct ev_slice text;
	uint32_t i, wrong = 0;
	char room[80];

	for (i = 0; i < 20000; i++) {
		text = text_of(i, room, sizeof(room));
		wrong += ev_names_find(names, text) != EV_NAMES_NONE;
		ev_names_expect(names, ev_names_hash(text), i % 3);
		wrong += ev_names_add(names, text, ev_names_hash(text)) != i;
		wrong += ev_names_add(names, text, ev_names_hash(text)) != i;
	}
	CHECK(ev_names_count(names) == 20000);
	for (i = 0; i < 20000; i++) {
		text = text_of(i, room, sizeof(room));
		wrong += ev_names_find(names, text) != i;
		wrong += !ev_slice_eq(ev_names_text(names, i), text);
	}
	CHECK(wrong == 0);
	ev_names_free(names);
	ev_names_free(NULL);
}

/* Texts with one hash are told apart by their bytes. */
static void
test_bytes(void)
{
	struct ev_names *names = ev_names_new();
	struct ev_slice text;
	uint32_t i;
	char room[80];

	for (i = 0; i < 40; i++) {
		text = text_of(i, room, sizeof(room));
		CHECK(ev_names_add(names, text, 5) == i);
	}
	for (i = 0; i < 40; i++) {
		text = text_of(i, room, sizeof(room));
		CHECK(ev_names_add(names, text, 5) == i);
	}
	CHECK(ev_names_find(names, EV_SLICE("none")) == EV_NAMES_NONE);
	ev_names_free(names);
}

int
main(void)
{
	test_numbers();
	test_bytes();
	return test_end();
}
