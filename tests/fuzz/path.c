/* A path into JSON (the first line), followed into a value (the next). */
#include "fuzz.h"

#include "json/walk.h"
#include "padded.h"

static int
count(void *arg, const struct ev_val *val)
{
	HOLDS(val->kind != EV_NONE);
	++*(size_t *)arg;
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct ev_path path = EV_PATH_INIT;
	struct ev_slice text = fuzz_line(&p, &n), json = fuzz_line(&p, &n);
	char *copy = padded(json.p, json.n);
	struct ev_err err = { "" };
	struct ev_val val;
	size_t values = 0;

	if (ev_path_parse(&path, text, &err) == -1) {
		HOLDS(err.text[0] != '\0');
	} else {
		HOLDS(path.count > 0 && path.count <= EV_PATH_STEPS);
		if (ev_scan_value(copy, json.n, &val, NULL) == EV_SCAN_OK)
			ev_path_each(&path, 0, &val, count, &values);
		HOLDS(values <= json.n);
	}
	ev_path_clear(&path);
	free(copy);
	return 0;
}
