/*
 * vectors: files of {"fn":...,"in":...,"out":...} lines, given as arguments.
 */
#ifndef EV_TEST_VECTORS_H
#define EV_TEST_VECTORS_H

#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "json/quote.h"
#include "json/scan.h"
#include "json/walk.h"
#include "test.h"

static inline int
vector_take(void *arg, const struct ev_val *val)
{
	*(struct ev_val *)arg = *val;
	return 1;
}

/* The text at a path ("in.file"); empty when there is none, or null. */
static inline struct ev_slice
vector_text(const struct ev_val *root, const char *at,
    struct ev_buf *scratch)
{
	struct ev_val val = { .kind = EV_NONE };
	struct ev_path path = EV_PATH_INIT;

	ev_path_parse(&path, ev_slice_of(at), NULL);
	ev_path_each(&path, 0, root, vector_take, &val);
	ev_path_clear(&path);
	return ev_val_text(&val, scratch);
}

/* Calls fn for every line of the files; says "skipped" when none is given. */
static inline void
vectors(int argc, char **argv, void (*fn)(const struct ev_val *root))
{
	struct ev_buf text = EV_BUF_INIT;
	struct ev_val root;
	char *p, *end;
	int i;

	if (argc < 2)
		printf("skipped: no file of vectors given\n");
	for (i = 1; i < argc; i++) {
		ev_buf_reset(&text);
		CHECK_INT(ev_read_file(argv[i], &text, 1 << 30, NULL), 0);
		ev_buf_reserve(&text, EV_SCAN_PAD);
		memset(text.p + text.n, 0, EV_SCAN_PAD);
		for (p = text.p; p < text.p + text.n; p = end + 1) {
			end = strchr(p, '\n');
			if (end == NULL)
				end = text.p + text.n;
			CHECK_INT(ev_scan_value(p, (size_t)(end - p), &root,
			    NULL), EV_SCAN_OK);
			fn(&root);
		}
	}
	ev_buf_clear(&text);
}

#endif
