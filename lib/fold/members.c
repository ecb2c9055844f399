#include "fold/members.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "json/quote.h"

#define FEW 16	 /* members that are compared one by one */
#define HERE 12	 /* so many stand beside the list itself */
#define HOLES 16 /* at least so many before the list closes up */

/* The list and its first members in one piece of memory. */
struct room {
	struct ev_members list;
	struct ev_node val[HERE], key[HERE];
};

struct ev_members *
ev_members_new(bool object)
{
	struct room *room = ev_malloc(
	    object ? sizeof(struct room) : offsetof(struct room, key));

	room->list = (struct ev_members){
		.val = room->val, .key = object ? room->key : NULL, .cap = HERE
	};
	return &room->list;
}

static bool
beside(const struct ev_members *m)
{
	return m->cap == HERE;
}

void
ev_members_free(struct ev_members *m)
{
	uint32_t i;

	if (m == NULL)
		return;
	for (i = 0; m->key != NULL && i < m->used; i++)
		ev_leaf_clear(&m->key[i]);
	if (!beside(m)) {
		free(m->key);
		free(m->val);
	}
	free(m->index);
	free(m);
}

/* An escape is always longer than what it means. */
static bool
key_is(const struct ev_node *key, struct ev_slice name)
{
	struct ev_slice raw = ev_leaf_raw(key);
	struct ev_val val;

	if (raw.n < name.n + 2 ||
	    (name.n > 0 && raw.p[1] != name.p[0] && raw.p[1] != '\\'))
		return false;
	if (raw.n == name.n + 2)
		return memcmp(raw.p + 1, name.p, name.n) == 0 &&
		    memchr(name.p, '\\', name.n) == NULL;
	val = ev_leaf_val(key);
	return val.escaped && ev_val_eq(&val, name);
}

static uint32_t
hash_key(const struct ev_node *key)
{
	struct ev_buf scratch = EV_BUF_INIT;
	struct ev_val val = ev_leaf_val(key);
	struct ev_slice name = ev_val_text(&val, &scratch);
	uint32_t hash = (uint32_t)ev_sip(name.p, name.n);

	ev_buf_clear(&scratch);
	return hash;
}

/* The place in the index is free. */
static void
enter(struct ev_members *m, uint32_t number)
{
	uint32_t i = hash_key(&m->key[number]) & m->mask;

	while (m->index[i] != 0)
		i = (i + 1) & m->mask;
	m->index[i] = number + 1;
}

static void
index_anew(struct ev_members *m)
{
	uint32_t i, size = 64;

	while (size < m->cap * 2)
		size *= 2;
	free(m->index);
	m->index = ev_calloc(size, sizeof(*m->index));
	m->mask = size - 1;
	for (i = 0; i < m->used; i++)
		if (m->val[i].kind != EV_NONE)
			enter(m, i);
}

uint32_t
ev_members_find(const struct ev_members *m, struct ev_slice name)
{
	uint32_t i, n;

	if (m->index == NULL) {
		for (i = 0; i < m->used; i++)
			if (m->val[i].kind != EV_NONE &&
			    key_is(&m->key[i], name))
				return i;
		return EV_MEMBERS_NONE;
	}
	i = (uint32_t)ev_sip(name.p, name.n) & m->mask;
	for (; (n = m->index[i]) != 0; i = (i + 1) & m->mask)
		if (m->val[n - 1].kind != EV_NONE &&
		    key_is(&m->key[n - 1], name))
			return n - 1;
	return EV_MEMBERS_NONE;
}

/* Brings the index of an array up to date. */
static void
index_values(struct ev_members *m, uint32_t (*hash)(const struct ev_node *val))
{
	uint32_t i;

	if (m->index == NULL || m->mask + 1 < m->used * 2) {
		for (m->mask = 63; m->mask + 1 < m->used * 4;)
			m->mask = m->mask * 2 + 1;
		free(m->index);
		m->index = ev_calloc(m->mask + 1, sizeof(*m->index));
		m->indexed = 0;
	}
	for (; m->indexed < m->used; m->indexed++) {
		i = hash(&m->val[m->indexed]) & m->mask;
		while (m->index[i] != 0)
			i = (i + 1) & m->mask;
		m->index[i] = m->indexed + 1;
	}
}

uint32_t
ev_members_holding(struct ev_members *m, const struct ev_node *val,
    uint32_t (*hash)(const struct ev_node *),
    bool (*same)(const struct ev_node *, const struct ev_node *))
{
	uint32_t i, n;

	if (m->used <= FEW) {
		for (i = 0; i < m->used; i++)
			if (same(&m->val[i], val))
				return i;
		return EV_MEMBERS_NONE;
	}
	index_values(m, hash);
	i = hash(val) & m->mask;
	for (; (n = m->index[i]) != 0; i = (i + 1) & m->mask)
		if (same(&m->val[n - 1], val))
			return n - 1;
	return EV_MEMBERS_NONE;
}

void
ev_members_changed(struct ev_members *m)
{
	if (m->key != NULL)
		return;
	free(m->index);
	m->index = NULL;
}

static struct ev_node *
more(const struct ev_members *m, struct ev_node *old, uint32_t cap)
{
	struct ev_node *list;

	if (!beside(m))
		return ev_realloc(old, cap, sizeof(*old));
	list = ev_malloc(cap * sizeof(*list));
	memcpy(list, old, m->used * sizeof(*list));
	return list;
}

static void
grow(struct ev_members *m)
{
	uint32_t cap = m->cap * 2;

	if (m->cap > UINT32_MAX / 4)
		ev_no_memory();
	m->val = more(m, m->val, cap);
	if (m->key != NULL)
		m->key = more(m, m->key, cap);
	m->cap = cap;
	if (m->key != NULL && m->cap > FEW)
		index_anew(m);
}

uint32_t
ev_members_add(struct ev_members *m, struct ev_node key, struct ev_node val)
{
	uint32_t number = m->used;

	if (number == m->cap)
		grow(m);
	m->val[number] = val;
	if (m->key != NULL)
		m->key[number] = key;
	m->used++;
	m->live++;
	if (m->key != NULL && m->index != NULL)
		enter(m, number);
	return number;
}

void
ev_members_lend(struct ev_members *m, struct ev_slice key, struct ev_slice val)
{
	uint32_t number = m->used;

	if (number == m->cap)
		grow(m);
	ev_leaf_lend_to(&m->key[number], key);
	ev_leaf_lend_to(&m->val[number], val);
	m->used++;
	m->live++;
	if (m->index != NULL)
		enter(m, number);
}

static void
close_up(struct ev_members *m)
{
	uint32_t i, n = 0;

	for (i = 0; i < m->used; i++) {
		if (m->val[i].kind == EV_NONE) {
			if (m->key != NULL)
				ev_leaf_clear(&m->key[i]);
			continue;
		}
		m->val[n] = m->val[i];
		if (m->key != NULL)
			m->key[n] = m->key[i];
		n++;
	}
	m->used = n;
	if (m->key == NULL)
		ev_members_changed(m);
	else if (m->index != NULL)
		index_anew(m);
}

struct ev_node
ev_members_take(struct ev_members *m, uint32_t number)
{
	struct ev_node val = m->val[number];

	m->val[number] = EV_NODE_NONE;
	m->live--;
	/* elements are asked for by their place: no holes */
	if (m->key == NULL ||
	    (m->used - m->live > HOLES && m->live < m->used / 2))
		close_up(m);
	return val;
}

void
ev_members_rename(struct ev_members *m, uint32_t number, struct ev_node key)
{
	ev_leaf_clear(&m->key[number]);
	m->key[number] = key;
	if (m->index != NULL)
		index_anew(m);
}
