/* The rows of the user's dialects, and an event read with them. */
#include "fuzz.h"

#include "event/rowtext.h"
#include "padded.h"

static const char line[] =
    "{\"order\":{\"id\":\"o\"},\"source\":\"web\",\"uid\":7,\"when\":1767695400,"
    "\"action\":[\"a\",{\"b\":null}],\"kind\":\"k\",\"type\":\"t\"}";

static void
read_event(const struct ev_custom *custom)
{
	struct ev_model *model = ev_model_new(NULL);
	char *copy = padded(line, strlen(line));
	struct ev_event *ev;
	struct timespec t;
	int role;

	ev_model_custom(model, custom);
	for (role = 0; role < EV_ROLES; role++)
		ev_model_want(model, (enum ev_role)role);
	ev_model_seal(model);
	ev = ev_event_new(model);
	HOLDS(ev_event_read(ev, copy, strlen(line)) == EV_SCAN_OK);
	for (role = 0; role < EV_ROLES; role++)
		ev_event_text(ev, (enum ev_role)role);
	ev_event_time(ev, &t);
	HOLDS(ev_event_id(ev).n > 0);
	ev_event_free(ev);
	ev_model_free(model);
	free(copy);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct ev_err err = { "" };
	struct ev_custom *custom = ev_rowtext_read(
	    (struct ev_slice){ (const char *)p, n }, "dialects.json", &err);
	uint64_t routing;

	HOLDS(custom != NULL || err.text[0] != '\0');
	if (custom == NULL)
		return 0;
	routing = ev_custom_routing(custom, 1);
	HOLDS(routing >= UINT64_C(1) << 52 && routing < UINT64_C(1) << 53);
	read_event(custom);
	ev_custom_free(custom);
	return 0;
}
