#include "stats/sketch.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "json/double.h"
#include "json/number.h"
#include "json/walk.h"

/* The buckets of one sign; bucket i holds (gamma^(i-1), gamma^i]. */
struct side {
	int32_t first; /* the number of n[0] */
	size_t count;
	uint64_t *n;
};

struct ev_sketch {
	uint64_t count, zero;
	double least, most;
	double *exact; /* NULL: buckets it is */
	size_t room;
	struct side side[2]; /* above and below 0 */
};

#define BUCKET_MOST 40000 /* beyond what any double gives */

struct ev_sketch *
ev_sketch_new(void)
{
	struct ev_sketch *sketch = ev_calloc(1, sizeof(*sketch));

	sketch->room = 4;
	sketch->exact = ev_realloc(NULL, sketch->room, sizeof(double));
	return sketch;
}

void
ev_sketch_free(struct ev_sketch *sketch)
{
	if (sketch == NULL)
		return;
	free(sketch->exact);
	free(sketch->side[0].n);
	free(sketch->side[1].n);
	free(sketch);
}

static double
log_gamma(void)
{
	return log((1 + EV_SKETCH_ERROR) / (1 - EV_SKETCH_ERROR));
}

/* Makes sure that buckets [first, last] are there. */
static void
widen(struct side *side, int32_t first, int32_t last)
{
	int32_t to = side->first + (int32_t)side->count - 1;
	size_t count;
	uint64_t *n;

	if (side->count > 0 && first >= side->first && last <= to)
		return;
	if (side->count > 0 && first > side->first)
		first = side->first;
	if (side->count > 0 && last < to)
		last = to;
	count = (size_t)(last - first) + 1;
	n = ev_calloc(count, sizeof(*n));
	if (side->count > 0)
		memcpy(n + (side->first - first), side->n,
		    side->count * sizeof(*n));
	free(side->n);
	*side = (struct side){ first, count, n };
}

static void
add_to(struct side *side, int32_t bucket, uint64_t n)
{
	widen(side, bucket, bucket);
	side->n[bucket - side->first] += n;
}

static void
count_in(struct ev_sketch *sketch, double number)
{
	double bucket;

	if (number == 0) {
		sketch->zero++;
		return;
	}
	bucket = ceil(log(fabs(number)) / log_gamma());
	add_to(&sketch->side[number < 0], (int32_t)bucket, 1);
}

static void
to_buckets(struct ev_sketch *sketch)
{
	size_t i;

	for (i = 0; i < sketch->count; i++)
		count_in(sketch, sketch->exact[i]);
	free(sketch->exact);
	sketch->exact = NULL;
}

static void
note_ends(struct ev_sketch *sketch, double least, double most)
{
	if (sketch->count == 0 || least < sketch->least)
		sketch->least = least;
	if (sketch->count == 0 || most > sketch->most)
		sketch->most = most;
}

void
ev_sketch_add(struct ev_sketch *sketch, double number)
{
	note_ends(sketch, number, number);
	if (sketch->exact != NULL && sketch->count + 1 >= EV_SKETCH_EXACT)
		to_buckets(sketch);
	if (sketch->exact == NULL) {
		count_in(sketch, number);
	} else {
		if (sketch->count == sketch->room) {
			sketch->room *= 2;
			sketch->exact = ev_realloc(
			    sketch->exact, sketch->room, sizeof(double));
		}
		sketch->exact[sketch->count] = number;
	}
	sketch->count++;
}

void
ev_sketch_merge(struct ev_sketch *sketch, const struct ev_sketch *more)
{
	const struct side *side;
	size_t i, s;

	if (more->exact != NULL) {
		for (i = 0; i < more->count; i++)
			ev_sketch_add(sketch, more->exact[i]);
		return;
	}
	note_ends(sketch, more->least, more->most);
	if (sketch->exact != NULL)
		to_buckets(sketch);
	sketch->count += more->count;
	sketch->zero += more->zero;
	for (s = 0; s < 2; s++) {
		side = &more->side[s];
		for (i = 0; i < side->count; i++)
			if (side->n[i] > 0)
				add_to(&sketch->side[s],
				    side->first + (int32_t)i, side->n[i]);
	}
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* What stands for a bucket: within 1 % of all that is in it. */
static double
middle(int32_t bucket)
{
	double log_g = log_gamma();

	return 2 * exp(bucket * log_g) / (exp(log_g) + 1);
}

/* The number with this rank, from 1. */
static double
ranked(const struct ev_sketch *sketch, uint64_t rank)
{
	const struct side *side = &sketch->side[1];
	size_t i;

	for (i = side->count; i-- > 0; rank -= side->n[i])
		if (rank <= side->n[i])
			return -middle(side->first + (int32_t)i);
	if (rank <= sketch->zero)
		return 0;
	rank -= sketch->zero;
	side = &sketch->side[0];
	for (i = 0; i < side->count; rank -= side->n[i++])
		if (rank <= side->n[i])
			return middle(side->first + (int32_t)i);
	return sketch->most;
}

double
ev_sketch_at(struct ev_sketch *sketch, uint32_t thousandths)
{
	uint64_t rank =
	    (uint64_t)ceill((long double)sketch->count * thousandths / 100000);
	double value;

	if (sketch->count == 0)
		return NAN;
	if (rank == 0)
		rank = 1;
	if (sketch->exact != NULL) {
		qsort(sketch->exact, sketch->count, sizeof(double), by_value);
		return sketch->exact[rank - 1];
	}
	if (rank == 1 || rank == sketch->count)
		return rank == 1 ? sketch->least : sketch->most;
	value = ranked(sketch, rank);
	if (value < sketch->least)
		value = sketch->least;
	return value > sketch->most ? sketch->most : value;
}

static void
save_side(const struct side *side, struct ev_buf *out)
{
	const char *comma = "";
	size_t i;

	ev_buf_adds(out, ",[");
	for (i = 0; i < side->count; i++) {
		if (side->n[i] == 0)
			continue;
		ev_buf_addf(out, "%s%" PRId32 ",%" PRIu64, comma,
		    side->first + (int32_t)i, side->n[i]);
		comma = ",";
	}
	ev_buf_addc(out, ']');
}

/* [numbers…], or [[zeros, least, most], [bucket, n, …], [bucket, n, …]]. */
void
ev_sketch_save(const struct ev_sketch *sketch, struct ev_buf *out)
{
	size_t i;

	ev_buf_addc(out, '[');
	for (i = 0; sketch->exact != NULL && i < sketch->count; i++) {
		if (i > 0)
			ev_buf_addc(out, ',');
		ev_double_print(out, sketch->exact[i]);
	}
	if (sketch->exact == NULL) {
		ev_buf_addf(out, "[%" PRIu64 ",", sketch->zero);
		ev_double_print(out, sketch->least);
		ev_buf_addc(out, ',');
		ev_double_print(out, sketch->most);
		ev_buf_addc(out, ']');
		save_side(&sketch->side[0], out);
		save_side(&sketch->side[1], out);
	}
	ev_buf_addc(out, ']');
}

static bool
next_int(struct ev_walk *walk, int64_t *out)
{
	struct ev_val val;

	return ev_walk_next(walk, NULL, &val) && val.kind == EV_NUMBER &&
	    ev_num_int(ev_val_slice(&val), out);
}

static bool
next_double(struct ev_walk *walk, double *out)
{
	struct ev_val val;

	if (!ev_walk_next(walk, NULL, &val) || val.kind != EV_NUMBER)
		return false;
	*out = ev_num_double(ev_val_slice(&val));
	return isfinite(*out);
}

static bool
load_side(
    struct ev_sketch *sketch, struct side *side, const struct ev_val *array)
{
	struct ev_walk walk;
	int64_t bucket, n;

	if (array->kind != EV_ARRAY)
		return false;
	ev_walk_begin(&walk, array);
	while (next_int(&walk, &bucket)) {
		if (bucket < -BUCKET_MOST || bucket > BUCKET_MOST ||
		    !next_int(&walk, &n) || n < 0)
			return false;
		add_to(side, (int32_t)bucket, (uint64_t)n);
		sketch->count += (uint64_t)n;
	}
	return true;
}

/* The three arrays of one that has buckets, the first at hand. */
static bool
load_buckets(
    struct ev_sketch *sketch, struct ev_walk *walk, const struct ev_val *ends)
{
	struct ev_walk three;
	struct ev_val val;
	int64_t zero;
	int i;

	ev_walk_begin(&three, ends);
	if (!next_int(&three, &zero) || zero < 0 ||
	    !next_double(&three, &sketch->least) ||
	    !next_double(&three, &sketch->most))
		return false;
	free(sketch->exact);
	sketch->exact = NULL;
	sketch->count = sketch->zero = (uint64_t)zero;
	for (i = 0; i < 2; i++)
		if (!ev_walk_next(walk, NULL, &val) ||
		    !load_side(sketch, &sketch->side[i], &val))
			return false;
	return true;
}

int
ev_sketch_load(
    struct ev_sketch *sketch, const struct ev_val *array, struct ev_err *err)
{
	struct ev_sketch *more = ev_sketch_new();
	bool sound = array->kind == EV_ARRAY;
	struct ev_walk walk;
	struct ev_val val;
	double number;

	ev_walk_begin(&walk, array);
	while (sound && ev_walk_next(&walk, NULL, &val)) {
		if (val.kind == EV_ARRAY) {
			sound = load_buckets(more, &walk, &val);
			break;
		}
		sound = val.kind == EV_NUMBER;
		number = sound ? ev_num_double(ev_val_slice(&val)) : NAN;
		if (isfinite(number))
			ev_sketch_add(more, number);
	}
	if (sound)
		ev_sketch_merge(sketch, more);
	ev_sketch_free(more);
	return sound ? 0 : ev_fail(err, "a percentile is none");
}
