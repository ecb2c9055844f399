/* Lines that are longer than any event may be, and gaps in them. */
#include "store/lines.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scratch.h"
#include "store/chain.h"
#include "test.h"

static struct ev_chain
opened(const char *text)
{
	struct ev_chain chain = { 0 };

	scratch_put(".events.jsonl", text);
	chain.fd = open(scratch(".events.jsonl"), O_RDWR);
	chain.dir = open(scratch(""), O_RDONLY | O_DIRECTORY);
	chain.log = ".events.jsonl";
	return chain;
}

static void
end(struct ev_chain *chain)
{
	ev_chain_clear(chain);
	close(chain->fd);
	close(chain->dir);
}

/* A line that is too long, of which a gap took the rest. */
static void
test_long_gap(void)
{
	const off_t size = (off_t)EV_LINES_LONGEST + (1 << 20);
	struct ev_chain chain = opened("ghi\n");
	struct ev_lines lines;
	struct ev_slice line;
	char name[64];
	uint64_t at;

	snprintf(
	    name, sizeof(name), ".events.0-%lld.jsonl", (long long)size + 9);
	scratch_put(name, "");
	CHECK(truncate(scratch(name), size) == 0);
	CHECK_INT(ev_chain_list(&chain, 0), 0);
	CHECK_INT(chain.gaps, 1);
	ev_lines_of(&lines, &chain, 0, (uint64_t)size + 13);
	CHECK_INT(ev_lines_next(&lines, &line, &at), 1);
	CHECK_INT(at, size + 9);
	CHECK(ev_slice_is(line, "ghi"));
	CHECK_INT(ev_lines_next(&lines, &line, &at), 0);
	ev_lines_clear(&lines);
	unlink(scratch(name));
	end(&chain);
}

/* A line that is just too long is loaded with its end, and not given. */
static void
test_too_long(void)
{
	const off_t size = (off_t)EV_LINES_LONGEST + 1;
	struct ev_chain chain = opened("");
	struct ev_lines lines;
	struct ev_slice line;
	uint64_t at;

	CHECK(truncate(scratch(".events.jsonl"), size) == 0);
	CHECK(pwrite(chain.fd, "\nnext\n", 6, size) == 6);
	ev_lines_of(&lines, &chain, 0, (uint64_t)size + 6);
	CHECK_INT(ev_lines_next(&lines, &line, &at), 1);
	CHECK(line.p == NULL);
	CHECK_INT(line.n, size);
	CHECK_INT(ev_lines_next(&lines, &line, &at), 1);
	CHECK_INT(at, size + 1);
	CHECK(ev_slice_is(line, "next"));
	ev_lines_clear(&lines);
	end(&chain);
}

int
main(void)
{
	scratch_begin();
	test_long_gap();
	test_too_long();
	scratch_end();
	return test_end();
}
