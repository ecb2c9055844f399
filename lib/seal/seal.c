#include "seal/seal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "json/member.h"
#include "json/walk.h"
#include "store/part.h"

/* The member is a text of hexadecimal digits for so many bytes. */
static bool
take_hex(
    const struct ev_val *object, const char *name, size_t n, unsigned char *out)
{
	struct ev_val val = ev_member_of(object, name);

	return val.kind == EV_STRING && val.n == 2 * n &&
	    ev_unhex(val.p, n, out);
}

/* The member is an array of such. */
static bool
take_list(
    const struct ev_val *object, const char *name, size_t n, struct ev_buf *out)
{
	struct ev_val array = ev_member_of(object, name), key, val;
	unsigned char one[EV_SHA256_SIZE];
	struct ev_walk walk;

	if (array.kind != EV_ARRAY)
		return false;
	ev_walk_begin(&walk, &array);
	while (ev_walk_next(&walk, &key, &val)) {
		if (val.kind != EV_STRING || val.n != 2 * n ||
		    !ev_unhex(val.p, n, one))
			return false;
		ev_buf_add(out, one, n);
	}
	return true;
}

static bool
take_count(const struct ev_val *object, const char *name, uint64_t *out)
{
	struct ev_val val = ev_member_of(object, name);
	char text[24], *end;

	if (val.kind != EV_NUMBER || val.n >= sizeof(text))
		return false;
	memcpy(text, val.p, val.n);
	text[val.n] = '\0';
	errno = 0;
	*out = strtoull(text, &end, 10);
	return errno == 0 && *end == '\0' && *text != '-';
}

static bool
take_text(const struct ev_val *object, const char *name, size_t size, char *out)
{
	struct ev_val val = ev_member_of(object, name);

	if (val.kind != EV_STRING || val.n >= size)
		return false;
	memcpy(out, val.p, val.n);
	out[val.n] = '\0';
	return true;
}

bool
ev_seal_torn(struct ev_slice line)
{
	size_t i;

	if (line.p == NULL)
		return false;
	for (i = 0; i < line.n && line.p[i] == '\0'; i++)
		continue;
	return i == line.n ||
	    ev_scan_line(NULL, line.p, line.n, NULL, NULL) == EV_SCAN_TORN;
}

bool
ev_seal_parse(struct ev_slice line, struct ev_seal *seal)
{
	struct ev_val object, date;

	if (ev_scan_value(line.p, line.n, &object, NULL) != EV_SCAN_OK ||
	    object.kind != EV_OBJECT)
		return false;
	date = ev_member_of(&object, "date");
	if (date.kind != EV_STRING ||
	    !ev_part_parse(ev_val_slice(&date), &seal->day) ||
	    seal->day == EV_PART_REJECTED ||
	    !take_list(&object, "previous", EV_SHA256_SIZE, &seal->previous))
		return false;
	seal->note = take_hex(&object, "dropped", EV_SHA256_SIZE, seal->root);
	if (seal->note)
		return take_text(&object, "at", sizeof(seal->at), seal->at);
	return take_hex(&object, "root", EV_SHA256_SIZE, seal->root) &&
	    take_list(&object, "over", EV_LEAF_TAG, &seal->over) &&
	    take_count(&object, "n", &seal->n) &&
	    take_count(&object, "bytes", &seal->bytes) &&
	    take_text(&object, "sealed_at", sizeof(seal->at), seal->at);
}

void
ev_seal_clear(struct ev_seal *seal)
{
	ev_buf_clear(&seal->previous);
	ev_buf_clear(&seal->over);
}
