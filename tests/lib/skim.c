/* The skim finds what a slow search finds, and counts lines as wc does. */
#include "test.h"

#include "input/skim.h"
#include "inputs.h"
#include "json/scan.h"

static const char *
slow(const char *text, const char *p, const char *end, uint64_t *lines)
{
	size_t n = strlen(text);

	for (; p < end; p++) {
		if ((size_t)(end - p) >= n && memcmp(p, text, n) == 0)
			return p;
		if (end - p >= 2 && p[0] == '\\' && p[1] == 'u')
			return p;
		*lines += *p == '\n';
	}
	return NULL;
}

static void
agrees(const char *text, struct ev_slice in)
{
	char *copy = ev_malloc(in.n + EV_SCAN_PAD);
	const char *end = copy + in.n, *p = copy, *want;
	uint64_t fast_lines = 0, slow_lines = 0;
	struct ev_skim skim;

	if (in.n > 0)
		memcpy(copy, in.p, in.n);
	/* what is behind the end must not count */
	memset(copy + in.n, '\n', EV_SCAN_PAD);
	ev_skim_init(&skim, text);
	for (; p != NULL; p = want == NULL ? NULL : want + 1) {
		want = slow(text, p, end, &slow_lines);
		CHECK(ev_skim_next(&skim, p, end, &fast_lines) == want);
		CHECK_INT(fast_lines, slow_lines);
	}
	slow_lines = 0;
	for (p = copy; p < end; p++)
		slow_lines += *p == '\n';
	CHECK_INT(ev_skim_lines(copy, in.n), slow_lines);
	free(copy);
}

int
main(void)
{
	static const char *const texts[] = { "needle", "e", "\"t", "zz",
		"{\"type\":\"needle\",\"n\":1}", "type", "\"type\":\"needle",
		("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		 "xxxxxxxxxxxxxxxxxxxxxxx") };
	struct ev_buf in = EV_BUF_INIT;
	uint32_t state = 11;
	size_t i, n;

	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		for (n = 0; n < 3000; n += 1 + n / 8) {
			ev_buf_reset(&in);
			add_odd(&in, n, 120, &state);
			if (in.n > 5)
				in.n -= draw(&state, 5);
			agrees(texts[i], ev_buf_slice(&in));
		}
	/* many lines between two hits: the counters must not run over */
	ev_buf_reset(&in);
	for (i = 0; i < 100000; i++)
		ev_buf_addc(&in, '\n');
	ev_buf_adds(&in, "needle");
	agrees("needle", ev_buf_slice(&in));
	ev_buf_clear(&in);
	return test_end();
}
