#include "store/part.h"

#include <string.h>

#include "text/civil.h"

#define DAY_SECONDS 86400
#define FIRST_DAY 10957 /* 2000-01-01 */
#define LAST_DAY 47481	/* 2099-12-31 */

static const char rejected[] = "rejected", rejected_file[] = "rejected.log";
static const char packed[] = ".zst";

int32_t
ev_part_day(struct timespec t)
{
	if (t.tv_sec < (time_t)FIRST_DAY * DAY_SECONDS ||
	    t.tv_sec >= ((time_t)LAST_DAY + 1) * DAY_SECONDS)
		return EV_PART_REJECTED;
	return (int32_t)(t.tv_sec / DAY_SECONDS);
}

static char *
put_digits(char *to, long value, int digits)
{
	int i;

	for (i = digits - 1; i >= 0; i--, value /= 10)
		to[i] = (char)('0' + value % 10);
	return to + digits;
}

void
ev_part_name(int32_t day, char out[EV_PART_SIZE])
{
	int month, mday;
	long year;

	if (day == EV_PART_REJECTED) {
		memcpy(out, rejected, sizeof(rejected));
		return;
	}
	ev_civil_from_days(day, &year, &month, &mday);
	out = put_digits(out, year, 4);
	*out++ = '-';
	out = put_digits(out, month, 2);
	*out++ = '-';
	out = put_digits(out, mday, 2);
	*out = '\0';
}

void
ev_part_file(int32_t day, char out[EV_PART_SIZE])
{
	static const char suffix[] = ".jsonl";

	if (day == EV_PART_REJECTED) {
		memcpy(out, rejected_file, sizeof(rejected_file));
		return;
	}
	ev_part_name(day, out);
	memcpy(out + strlen(out), suffix, sizeof(suffix));
}

bool
ev_part_parse(struct ev_slice name, int32_t *day)
{
	static const char shape[] = "0000-00-00";
	char back[EV_PART_SIZE];
	int value[3] = { 0, 0, 0 };
	size_t i, part = 0;

	if (ev_slice_is(name, rejected)) {
		*day = EV_PART_REJECTED;
		return true;
	}
	if (name.n != sizeof(shape) - 1)
		return false;
	for (i = 0; i < name.n; i++) {
		if (shape[i] == '-') {
			if (name.p[i] != '-')
				return false;
			part++;
		} else if (name.p[i] < '0' || name.p[i] > '9') {
			return false;
		} else {
			value[part] = value[part] * 10 + (name.p[i] - '0');
		}
	}
	*day = (int32_t)ev_days_from_civil(value[0], value[1], value[2]);
	if (*day < FIRST_DAY || *day > LAST_DAY)
		return false;
	ev_part_name(*day, back); /* 2026-02-31 is not its own name */
	return ev_slice_is(name, back);
}

bool
ev_part_file_parse(const char *file, int32_t *day)
{
	const char *dot = strchr(file, '.');
	char back[EV_PART_SIZE];

	if (dot == NULL ||
	    !ev_part_parse(
		(struct ev_slice){ file, (size_t)(dot - file) }, day))
		return false;
	ev_part_file(*day, back);
	return strcmp(file, back) == 0;
}

void
ev_part_packed(int32_t day, char out[EV_PART_SIZE])
{
	ev_part_file(day, out);
	memcpy(out + strlen(out), packed, sizeof(packed));
}

bool
ev_part_packed_parse(const char *file, int32_t *day)
{
	size_t n = strlen(file), m = sizeof(packed) - 1;
	char plain[EV_PART_SIZE];

	if (n <= m || n >= sizeof(plain) || strcmp(file + n - m, packed) != 0)
		return false;
	memcpy(plain, file, n - m);
	plain[n - m] = '\0';
	return ev_part_file_parse(plain, day) && *day != EV_PART_REJECTED;
}
