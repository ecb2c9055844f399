/*
 * Fingerprints from memory are those that are computed.
 */
#include "fp/memo.h"

#include <stdio.h>

#include "test.h"

static int
same(struct ev_memo *memo, struct ev_finger parts)
{
	char got[EV_FINGER_SIZE], want[EV_FINGER_SIZE];

	ev_memo_print(memo, &parts, got);
	ev_finger_print(&parts, want);
	return strcmp(got, want) == 0;
}

/* The same bytes, parted elsewhere; nothing; what is kept and what is not. */
static void
test_parts(void)
{
	static char text[400];
	struct ev_memo *memo = ev_memo_new();
	const struct ev_slice none = EV_SLICE(""), null = { NULL, 0 };
	size_t n, i;
	int turn;

	memset(text, 'x', sizeof(text));
	for (turn = 0; turn < 2; turn++) {
		CHECK(same(memo, (struct ev_finger){ none, none, none, none }));
		CHECK(same(memo, (struct ev_finger){ null, null, null, null }));
		for (n = 0; n < sizeof(text); n++)
			for (i = 0; i <= n; i += 1 + n / 8)
				CHECK(same(memo,
				    (struct ev_finger){ { text, i },
					{ text + i, n - i }, none, null }));
	}
	ev_memo_free(memo);
}

/* More than there is room for, again and again. */
static void
test_many(void)
{
	struct ev_memo *memo = ev_memo_new();
	char message[40], line[12];
	int i, wrong = 0, n;

	for (i = 0; i < 30000; i++) {
		n = i % 3 == 0 ? i % 7 : i % 9000;
		snprintf(message, sizeof(message), "cannot open 'x%dy'", n);
		snprintf(line, sizeof(line), "%d", n % 2);
		wrong += !same(memo,
		    (struct ev_finger){ EV_SLICE("T"), ev_slice_of(message),
			EV_SLICE("/tmp/a/b"), ev_slice_of(line) });
	}
	CHECK_INT(wrong, 0);
	ev_memo_free(memo);
}

int
main(void)
{
	test_parts();
	test_many();
	return test_end();
}
