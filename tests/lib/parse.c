/*
 * lib/parse as a whole.  With arguments, FORMAT FILE [ROOT [DIR]]: the events
 * of a file, for tests/parse.bats.
 */
#include "test.h"

#include "base/file.h"
#include "parse_input.h"

static struct ev_buf out = EV_BUF_INIT;
static struct ev_err err;

static int
run(int argc, char **argv)
{
	struct ev_parse_given given = { .format = argv[1] };
	struct ev_buf text = EV_BUF_INIT;
	int r;

	given.root = argc > 3 ? argv[3] : NULL;
	given.dir = argc > 4 ? argv[4] : NULL;
	if (ev_read_file(argv[2], &text, (size_t)1 << 31, &err) == -1) {
		fprintf(stderr, "%s\n", err.text);
		return 2;
	}
	r = input_parse(&given, ev_buf_slice(&text), 65536, &out, &err);
	fwrite(out.p, 1, out.n, stdout);
	if (r == -1)
		fprintf(stderr, "%s\n", err.text);
	ev_buf_clear(&text);
	ev_buf_clear(&out);
	return r == -1;
}

int
main(int argc, char **argv)
{
	if (argc > 2)
		return run(argc, argv);
	CHECK(1);
	return test_end();
}
