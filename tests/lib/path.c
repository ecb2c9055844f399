#include "json/path.h"

#include "base/buf.h"
#include "test.h"

#define BACKSLASH "a backslash before other than one of . [ \\ , = and a blank"

/* "<a><b>[]": the steps of a path, or why there is none. */
static const char *
steps(struct ev_slice text)
{
	static struct ev_buf out;
	struct ev_path path;
	struct ev_err err;
	size_t i;

	ev_buf_reset(&out);
	if (ev_path_parse(&path, text, &err) < 0) {
		CHECK(path.count == 0 && path.step == NULL);
		ev_buf_adds(&out, err.text);
		return ev_buf_str(&out);
	}
	for (i = 0; i < path.count; i++) {
		if (path.step[i].key == NULL) {
			ev_buf_adds(&out, "[]");
			continue;
		}
		ev_buf_addc(&out, '<');
		ev_buf_add(&out, path.step[i].key, path.step[i].n);
		ev_buf_addc(&out, '>');
	}
	ev_path_clear(&path);
	return ev_buf_str(&out);
}

static void
test_parse(void)
{
	static const char *const row[][2] = {
		{ "a", "<a>" },
		{ "data.bead_id", "<data><bead_id>" },
		{ "skillsExercised[]", "<skillsExercised>[]" },
		{ "items[].id", "<items>[]<id>" },
		{ "a[][].b", "<a>[][]<b>" },
		{ "a\\.b.c\\[\\]", "path 'a\\.b.c\\[\\]': " BACKSLASH },
		{ "a\\ b\\,c\\=d", "<a b,c=d>" },
		{ "a\\.b", "<a.b>" },
		{ "a\\[]", "<a[]>" },
		{ "a\\\\", "<a\\>" },
		{ "a]", "<a]>" },
		{ "\xc3\xa9 \"x\"", "<\xc3\xa9 \"x\">" },
		{ "", "path '': an empty key" },
		{ ".a", "path '.a': an empty key" },
		{ "a.", "path 'a.': an empty key" },
		{ "a..b", "path 'a..b': an empty key" },
		{ "[]", "path '[]': an empty key" },
		{ "a.[]", "path 'a.[]': an empty key" },
		{ "a[", "path 'a[': a lone [" },
		{ "a[0]", "path 'a[0]': a lone [" },
		{ "a[]b", "path 'a[]b': no dot behind []" },
		{ "a\\", "path 'a\\': " BACKSLASH },
		{ "a\\b", "path 'a\\b': " BACKSLASH },
		{ "a\xff", "path 'a\xff': not UTF-8" },
	};
	size_t i;

	for (i = 0; i < sizeof(row) / sizeof(*row); i++)
		CHECK_STR(steps(ev_slice_of(row[i][0])), row[i][1]);
}

static void
test_steps(void)
{
	char text[2 * EV_PATH_STEPS + 2];
	struct ev_path path;
	struct ev_err err;
	size_t i;

	for (i = 0; i < sizeof(text); i++)
		text[i] = i % 2 == 0 ? 'k' : '.';
	CHECK(ev_path_parse(&path,
		  (struct ev_slice){ text, 2 * EV_PATH_STEPS - 1 }, &err) == 0);
	CHECK_INT(path.count, EV_PATH_STEPS);
	ev_path_clear(&path);
	CHECK(path.count == 0);
	CHECK(
	    ev_path_parse(&path,
		(struct ev_slice){ text, 2 * EV_PATH_STEPS + 1 }, NULL) == -1);
}

int
main(void)
{
	test_parse();
	test_steps();
	return test_end();
}
