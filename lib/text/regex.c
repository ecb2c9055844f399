#include "text/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/mem.h"
#include "text/required.h"

/*
 * (a+)+$ over 100 kB of "a" must end soon; limits are per match.  Depth and
 * heap (KiB) bound what works without JIT, the stack (bytes) what works with
 * it: (?:a|b)* needs 16 bytes and more for each turn.
 */
#define MATCH_LIMIT 1000000
#define DEPTH_LIMIT 100000
#define HEAP_LIMIT (32 * 1024)
#define STACK_FIRST (64 * 1024)
#define STACK_MOST (16 * 1024 * 1024)

struct ev_regex {
	pcre2_code *code;
	pcre2_match_context *limits;
	char *literal;
	atomic_ullong *unsolved; /* texts; apart, for matching is const */
};

/* A context with the limits; the caller's. */
static pcre2_match_context *
new_limits(void)
{
	pcre2_match_context *limits = pcre2_match_context_create(NULL);

	if (limits == NULL)
		ev_no_memory();
	pcre2_set_match_limit(limits, MATCH_LIMIT);
	pcre2_set_depth_limit(limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(limits, HEAP_LIMIT);
	return limits;
}

static pcre2_code *
compile(const char *pattern, uint32_t options, struct ev_err *err)
{
	pcre2_code *code;
	PCRE2_SIZE at;
	PCRE2_UCHAR why[256];
	int number;

	code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
	    options | PCRE2_UTF | PCRE2_MATCH_INVALID_UTF |
		PCRE2_NEVER_BACKSLASH_C,
	    &number, &at, NULL);
	if (code != NULL) {
		/* without JIT (no executable memory) matching is slower */
		pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
		return code;
	}
	if (pcre2_get_error_message(number, why, sizeof(why)) < 0)
		why[0] = '\0';
	ev_fail(err, "pattern '%s': %s (at byte %zu)", pattern,
	    (const char *)why, (size_t)at + 1);
	return NULL;
}

/* True when letters, a text, has an upper-case letter in it. */
static bool
has_upper(const char *letters)
{
	struct ev_regex upper = { .code = NULL };
	bool found;

	upper.code = compile("\\p{Lu}|\\p{Lt}", 0, NULL);
	if (upper.code == NULL)
		return true;
	upper.limits = new_limits();
	found = ev_regex_match(&upper, ev_slice_of(letters)) != 0;
	pcre2_match_context_free(upper.limits);
	pcre2_code_free(upper.code);
	return found;
}

struct ev_regex *
ev_regex_new(const char *pattern, bool smart, struct ev_err *err)
{
	struct ev_regex *regex;
	pcre2_code *code;
	uint32_t options = 0;
	char *letters;

	if (smart) {
		letters = ev_required_letters(pattern);
		if (!has_upper(letters))
			options = PCRE2_CASELESS;
		free(letters);
	}
	code = compile(pattern, options, err);
	if (code == NULL)
		return NULL;
	regex = ev_calloc(1, sizeof(*regex));
	regex->code = code;
	regex->limits = new_limits();
	regex->unsolved = ev_calloc(1, sizeof(*regex->unsolved));
	if (options == 0)
		regex->literal = ev_required_run(pattern, 3);
	return regex;
}

void
ev_regex_free(struct ev_regex *regex)
{
	if (regex == NULL)
		return;
	pcre2_match_context_free(regex->limits);
	pcre2_code_free(regex->code);
	free(regex->literal);
	free(regex->unsolved);
	free(regex);
}

/* Once more, with all the stack that a match may have. */
static int
match_deep(
    const struct ev_regex *regex, struct ev_slice text, pcre2_match_data *data)
{
	pcre2_match_context *limits = new_limits();
	pcre2_jit_stack *stack =
	    pcre2_jit_stack_create(STACK_FIRST, STACK_MOST, NULL);
	int r;

	if (stack == NULL)
		ev_no_memory();
	pcre2_jit_stack_assign(limits, NULL, stack);
	r = pcre2_match(
	    regex->code, (PCRE2_SPTR)text.p, text.n, 0, 0, data, limits);
	pcre2_jit_stack_free(stack);
	pcre2_match_context_free(limits);
	return r;
}

/*
 * How many pairs of data are set, 0 when more would have been; or
 * PCRE2_ERROR_NOMATCH, or another error: a limit was hit.
 */
static int
match_in(
    const struct ev_regex *regex, struct ev_slice text, pcre2_match_data *data)
{
	int r;

	r = pcre2_match(
	    regex->code, (PCRE2_SPTR)text.p, text.n, 0, 0, data, regex->limits);
	if (r == PCRE2_ERROR_JIT_STACKLIMIT)
		r = match_deep(regex, text, data);
	if (r < 0 && r != PCRE2_ERROR_NOMATCH && regex->unsolved != NULL)
		atomic_fetch_add(regex->unsolved, 1);
	return r;
}

int
ev_regex_match(const struct ev_regex *regex, struct ev_slice text)
{
	return ev_regex_groups(regex, text, NULL, 0);
}

int
ev_regex_groups(const struct ev_regex *regex, struct ev_slice text,
    struct ev_slice *group, size_t count)
{
	/* one per call: that costs 10 ns and needs no thread's storage */
	pcre2_match_data *data =
	    pcre2_match_data_create((uint32_t)count + 1, NULL);
	const PCRE2_SIZE *at;
	size_t i, set;
	int r;

	if (data == NULL)
		ev_no_memory();
	if (text.p == NULL)
		text.p = "";
	r = match_in(regex, text, data);
	at = pcre2_get_ovector_pointer(data);
	set = r == 0 ? count : r > 0 ? (size_t)r - 1 : 0;
	for (i = 0; r >= 0 && i < count; i++) {
		group[i] = (struct ev_slice){ NULL, 0 };
		if (i < set && at[2 * i + 2] != PCRE2_UNSET)
			group[i] = (struct ev_slice){ text.p + at[2 * i + 2],
				at[2 * i + 3] - at[2 * i + 2] };
	}
	pcre2_match_data_free(data);
	if (r == PCRE2_ERROR_NOMATCH)
		return 0;
	return r >= 0 ? 1 : -1;
}

uint64_t
ev_regex_unsolved(const struct ev_regex *regex)
{
	return atomic_load(regex->unsolved);
}

const char *
ev_regex_literal(const struct ev_regex *regex)
{
	return regex->literal;
}
