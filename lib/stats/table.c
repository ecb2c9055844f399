#include "stats/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

#define NEAR 256 /* groups that are found without a hash */

struct ev_table {
	uint32_t *slot; /* the group's number + 1; 0: empty */
	size_t mask;
	char *group; /* count * stride bytes */
	size_t count, room, stride;
	struct ev_buf keys;
	uint32_t near[NEAR];
};

struct ev_table *
ev_table_new(size_t accs)
{
	struct ev_table *table = ev_calloc(1, sizeof(*table));

	table->mask = 63;
	table->slot = ev_calloc(table->mask + 1, sizeof(*table->slot));
	table->stride = sizeof(struct ev_group) + accs * sizeof(union ev_acc);
	return table;
}

void
ev_table_free(struct ev_table *table)
{
	if (table == NULL)
		return;
	free(table->slot);
	free(table->group);
	ev_buf_clear(&table->keys);
	free(table);
}

size_t
ev_table_count(const struct ev_table *table)
{
	return table->count;
}

struct ev_group *
ev_table_group(const struct ev_table *table, size_t i)
{
	return (void *)(table->group + i * table->stride);
}

struct ev_key
ev_table_key(const struct ev_table *table, const struct ev_group *group)
{
	return (struct ev_key){ group->mark,
		{ table->keys.p + group->key, group->n }, group->bucket };
}

static inline bool
is(const struct ev_table *table, const struct ev_group *group,
    const struct ev_key *key)
{
	return group->n == key->text.n && group->bucket == key->bucket &&
	    group->mark == key->mark &&
	    (key->text.n == 0 ||
		memcmp(table->keys.p + group->key, key->text.p, key->text.n) ==
		    0);
}

static uint32_t
hash_of(const struct ev_key *key)
{
	uint64_t hash = ev_sip(key->text.p, key->text.n);

	hash ^= (uint64_t)key->bucket * UINT64_C(0x9e3779b97f4a7c15);
	return (uint32_t)(hash ^ hash >> 32) ^ (uint32_t)key->mark;
}

/* The slot where a key is, or would be. */
static uint32_t *
probe(const struct ev_table *table, uint32_t hash, const struct ev_key *key)
{
	size_t i = hash & table->mask;
	const struct ev_group *group;

	for (;; i = (i + 1) & table->mask) {
		if (table->slot[i] == 0)
			return &table->slot[i];
		group = ev_table_group(table, table->slot[i] - 1);
		if (group->hash == hash && is(table, group, key))
			return &table->slot[i];
	}
}

static void
grow(struct ev_table *table)
{
	size_t i, j, n = (table->mask + 1) * 2;

	free(table->slot);
	table->slot = ev_calloc(n, sizeof(*table->slot));
	table->mask = n - 1;
	for (i = 0; i < table->count; i++) {
		j = ev_table_group(table, i)->hash & table->mask;
		while (table->slot[j] != 0)
			j = (j + 1) & table->mask;
		table->slot[j] = (uint32_t)i + 1;
	}
}

static struct ev_group *
make(struct ev_table *table, uint32_t hash, const struct ev_key *key)
{
	struct ev_group *group;

	if (table->count == table->room) {
		table->room = table->room == 0 ? 16 : table->room * 2;
		table->group =
		    ev_realloc(table->group, table->room, table->stride);
	}
	group = ev_table_group(table, table->count++);
	memset(group, 0, table->stride);
	group->hash = hash;
	group->n = (uint32_t)key->text.n;
	group->key = table->keys.n;
	group->bucket = key->bucket;
	group->mark = key->mark;
	ev_buf_addslice(&table->keys, key->text);
	return group;
}

static struct ev_group *
find(struct ev_table *table, const struct ev_key *key)
{
	struct ev_key other = { EV_KEY_OTHER, { "", 0 }, key->bucket };
	uint32_t hash = hash_of(key);
	uint32_t *slot = probe(table, hash, key);

	if (*slot != 0)
		return ev_table_group(table, *slot - 1);
	if (table->count >= EV_TABLE_MOST && key->mark != EV_KEY_OTHER)
		return find(table, &other);
	/* one in each bucket, and buckets may be too many, too */
	if (table->count >= 2 * EV_TABLE_MOST &&
	    key->bucket != EV_TABLE_ALWAYS) {
		other.bucket = EV_TABLE_ALWAYS;
		return find(table, &other);
	}
	if ((table->count + 1) * 4 > (table->mask + 1) * 3) {
		grow(table);
		slot = probe(table, hash, key);
	}
	*slot = (uint32_t)table->count + 1;
	return make(table, hash, key);
}

struct ev_group *
ev_table_find(const struct ev_table *table, const struct ev_key *key)
{
	uint32_t slot = *probe(table, hash_of(key), key);

	return slot != 0 ? ev_table_group(table, slot - 1) : NULL;
}

/* Where a group that was used lately is kept in mind. */
static inline uint32_t *
near_of(struct ev_table *table, const struct ev_key *key)
{
	const char *p = key->text.p;
	size_t n = key->text.n, place;

	place = (size_t)key->bucket / 3600 + n * 7;
	if (n > 0)
		place += (size_t)(unsigned char)p[0] +
		    (size_t)(unsigned char)p[n - 1] * 5 +
		    (size_t)(unsigned char)p[n / 2] * 11;
	return &table->near[place % NEAR];
}

struct ev_group *
ev_table_at(struct ev_table *table, const struct ev_key *key)
{
	uint32_t *near = near_of(table, key);
	struct ev_group *group;

	if (*near != 0) {
		group = ev_table_group(table, *near - 1);
		if (is(table, group, key))
			return group;
	}
	group = find(table, key);
	*near =
	    (uint32_t)((size_t)((char *)group - table->group) / table->stride) +
	    1;
	return group;
}

void
ev_key_add(struct ev_buf *key, char mark, struct ev_slice text)
{
	uint32_t n = (uint32_t)text.n;

	ev_buf_addc(key, mark);
	ev_buf_add(key, &n, sizeof(n));
	ev_buf_addslice(key, text);
}

bool
ev_key_next(
    const struct ev_key *key, size_t *at, char *mark, struct ev_slice *text)
{
	uint32_t n;

	if (key->mark != EV_KEY_SEVERAL) {
		*mark = key->mark;
		*text = key->text;
		return (*at)++ == 0 && key->mark != EV_KEY_OTHER;
	}
	if (*at >= key->text.n)
		return false;
	*mark = key->text.p[*at];
	memcpy(&n, key->text.p + *at + 1, sizeof(n));
	*text = (struct ev_slice){ key->text.p + *at + 1 + sizeof(n), n };
	*at += 1 + sizeof(n) + n;
	return true;
}

int
ev_key_cmp(const struct ev_key *a, const struct ev_key *b)
{
	struct ev_slice text[2];
	size_t at[2] = { 0, 0 };
	char mark[2];
	int diff;

	diff = (a->mark == EV_KEY_OTHER) - (b->mark == EV_KEY_OTHER);
	if (diff != 0)
		return diff;
	while (ev_key_next(a, &at[0], &mark[0], &text[0]) &&
	    ev_key_next(b, &at[1], &mark[1], &text[1])) {
		diff = ev_slice_cmp(text[0], text[1]);
		if (diff == 0)
			diff = (mark[0] > mark[1]) - (mark[0] < mark[1]);
		if (diff != 0)
			return diff;
	}
	return 0;
}
