#include "json/doc.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "json/quote.h"
#include "json/scan.h"
#include "json/walk.h"

/* A tree of objects and arrays that we made; its leaves are raw JSON. */
struct ev_doc {
	cJSON *root;
};

/* cJSON gives NULL only when there is no memory. */
static cJSON *
need(cJSON *item)
{
	if (item == NULL)
		ev_no_memory();
	return item;
}

static cJSON *
raw_new(struct ev_slice raw)
{
	char *text = ev_memdup(raw.p, raw.n);
	cJSON *item = need(cJSON_CreateRaw(text));

	free(text);
	return item;
}

struct ev_doc *
ev_doc_new(void)
{
	struct ev_doc *doc = ev_malloc(sizeof(*doc));

	doc->root = need(cJSON_CreateObject());
	return doc;
}

void
ev_doc_free(struct ev_doc *doc)
{
	if (doc == NULL)
		return;
	cJSON_Delete(doc->root);
	free(doc);
}

/* Takes the item over; a key that is there keeps its place. */
static void
put(cJSON *object, const char *key, cJSON *item)
{
	cJSON_bool done;

	if (cJSON_GetObjectItemCaseSensitive(object, key) != NULL)
		done =
		    cJSON_ReplaceItemInObjectCaseSensitive(object, key, item);
	else
		done = cJSON_AddItemToObject(object, key, item);
	if (!done)
		ev_no_memory();
}

/* cJSON's keys end at a NUL and are printed as they are. */
static bool
key_fits(struct ev_slice key)
{
	return memchr(key.p, '\0', key.n) == NULL &&
	    ev_utf8_valid(key.p, key.n);
}

static int
add_member(cJSON *object, struct ev_slice name, const struct ev_val *val,
    struct ev_map *seen, struct ev_err *err)
{
	bool fresh;
	char *key;

	if (!key_fits(name))
		return ev_fail(err, "a key that is not text");
	key = ev_memdup(name.p, name.n);
	ev_map_at(seen, key, name.n, &fresh);
	if (!fresh)
		ev_fail(err, "duplicate key \"%s\"", key);
	else if (!cJSON_AddItemToObject(object, key, raw_new(ev_val_raw(val))))
		ev_no_memory();
	free(key);
	return fresh ? 0 : -1;
}

static int
add_members(cJSON *object, const struct ev_val *raw, struct ev_err *err)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_map *seen = ev_map_new();
	struct ev_val name, val;
	struct ev_walk walk;
	int r = 0;

	ev_walk_begin(&walk, raw);
	while (r == 0 && ev_walk_next(&walk, &name, &val))
		r = add_member(
		    object, ev_val_text(&name, &scratch), &val, seen, err);
	ev_map_free(seen);
	ev_buf_clear(&scratch);
	return r;
}

/* A new object or array with the members of a raw one; NULL: err says why. */
static cJSON *
expand(const cJSON *raw, struct ev_err *err)
{
	struct ev_slice text = ev_slice_of(raw->valuestring);
	struct ev_val whole = { text.p, (uint32_t)text.n, EV_ARRAY, 0 }, val;
	struct ev_walk walk;
	cJSON *made;

	if (*text.p == '[') {
		made = need(cJSON_CreateArray());
		ev_walk_begin(&walk, &whole);
		while (ev_walk_next(&walk, NULL, &val))
			cJSON_AddItemToArray(made, raw_new(ev_val_raw(&val)));
		return made;
	}
	whole.kind = EV_OBJECT;
	made = need(cJSON_CreateObject());
	if (add_members(made, &whole, err) == 0)
		return made;
	cJSON_Delete(made);
	return NULL;
}

/*
 * The container under a key, made when missing, taken apart when raw; NULL:
 * something else stands there.
 */
static cJSON *
open_member(cJSON *object, const char *key, bool array, struct ev_err *err)
{
	cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key), *made;
	bool fits;

	if (item == NULL) {
		made = need(array ? cJSON_CreateArray() : cJSON_CreateObject());
		put(object, key, made);
		return made;
	}
	if (cJSON_IsRaw(item))
		fits = *item->valuestring == (array ? '[' : '{');
	else
		fits = array ? cJSON_IsArray(item) : cJSON_IsObject(item);
	if (!fits) {
		ev_fail(err, "'%s' is not %s", key,
		    array ? "an array" : "an object");
		return NULL;
	}
	if (!cJSON_IsRaw(item))
		return item;
	made = expand(item, err);
	if (made != NULL)
		put(object, key, made);
	return made;
}

static int
check_path(const struct ev_path *path, struct ev_err *err)
{
	struct ev_slice key;
	size_t i;

	if (path->count == 0)
		return ev_fail(err, "an empty path");
	for (i = 0; i < path->count; i++) {
		key = (struct ev_slice){ path->step[i].key, path->step[i].n };
		if (key.p == NULL)
			return ev_fail(err, "[] names no single place");
		if (!key_fits(key))
			return ev_fail(err, "a key that is not text");
	}
	return 0;
}

/* The object in which the last step of a path stands, made when missing. */
static cJSON *
open_path(struct ev_doc *doc, const struct ev_path *path, struct ev_err *err)
{
	cJSON *at = doc->root;
	size_t i;

	if (check_path(path, err) < 0)
		return NULL;
	for (i = 0; at != NULL && i + 1 < path->count; i++)
		at = open_member(at, path->step[i].key, false, err);
	return at;
}

int
ev_doc_set(struct ev_doc *doc, const struct ev_path *path, struct ev_slice raw,
    struct ev_err *err)
{
	cJSON *at = open_path(doc, path, err);

	if (at == NULL)
		return -1;
	put(at, path->step[path->count - 1].key, raw_new(raw));
	return 0;
}

int
ev_doc_push(struct ev_doc *doc, const struct ev_path *path, struct ev_slice raw,
    struct ev_err *err)
{
	cJSON *at = open_path(doc, path, err);

	if (at != NULL)
		at =
		    open_member(at, path->step[path->count - 1].key, true, err);
	if (at == NULL)
		return -1;
	cJSON_AddItemToArray(at, raw_new(raw));
	return 0;
}

void
ev_doc_put(struct ev_doc *doc, const char *key, struct ev_slice raw)
{
	put(doc->root, key, raw_new(raw));
}

void
ev_doc_put_text(struct ev_doc *doc, const char *key, struct ev_slice text)
{
	struct ev_buf quoted = EV_BUF_INIT;

	ev_quote(&quoted, text);
	ev_doc_put(doc, key, ev_buf_slice(&quoted));
	ev_buf_clear(&quoted);
}

void
ev_doc_put_doc(struct ev_doc *doc, const char *key, struct ev_doc *value)
{
	put(doc->root, key, value->root);
	free(value);
}

bool
ev_doc_empty(const struct ev_doc *doc)
{
	return doc->root->child == NULL;
}

bool
ev_doc_has(const struct ev_doc *doc, const char *key)
{
	return cJSON_GetObjectItemCaseSensitive(doc->root, key) != NULL;
}

void
ev_doc_print(const struct ev_doc *doc, struct ev_buf *out)
{
	struct ev_buf line = EV_BUF_INIT;
	char *text = cJSON_PrintUnformatted(doc->root);

	if (text == NULL)
		ev_no_memory();
	ev_buf_adds(&line, text);
	cJSON_free(text);
	ev_quote_unsafe(&line);
	ev_buf_addslice(out, ev_buf_slice(&line));
	ev_buf_clear(&line);
}
