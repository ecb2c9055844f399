#include "json/number.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>

#include "test.h"

static void
test_valid(void)
{
	static const char *const good[] = { "0", "-0", "1", "-1", "10", "0.0",
		"1.5e3", "1E+3", "1e-03", "-0.10e0", "123456789012345678901",
		"0e0", "0E-9" };
	static const char *const bad[] = { "", "-", "+1", "01", "-01", "1.",
		".1", "1e", "1e+", "1e1.5", "1 ", " 1", "0x1", "1a", "NaN",
		"Infinity", "--1", "1.2.3", "1ee1", "1f1", "1\xd9\xa1" };
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(*good); i++)
		CHECK(ev_num_valid(ev_slice_of(good[i])));
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		CHECK(!ev_num_valid(ev_slice_of(bad[i])));
	CHECK(!ev_num_valid((struct ev_slice){ "1\0", 2 }));
}

/* In rising order; what is equal stands in one row. */
static const char *const rows[][4] = {
	{ "-1e999999999999999999999" },
	{ "-1e401" },
	{ "-1e400" },
	{ "-9007199254740993", "-9007199254740993.000" },
	{ "-9007199254740992" },
	{ "-10", "-1e1", "-100e-1" },
	{ "-1.1", "-1.10", "-11e-1" },
	{ "-1" },
	{ "-1e-400" },
	{ "0", "-0", "0.000e99999999999999999999", "-0e-5" },
	{ "1e-99999999999999999999999" },
	{ "1e-400", "0.1e-399" },
	{ "0.00009" },
	{ "0.0001", "1e-4", "0.00010" },
	{ "0.1", "1e-1", "0.0000001e6" },
	{ "0.10000000000000000000000000000000000001" },
	{ "1", "1.0", "10e-1", "0.1E1" },
	{ "100", "1e2", "1E+2", "100.0" },
	{ "9007199254740992" },
	{ "9007199254740993", "9.007199254740993e15" },
	{ "123456789012345678901234567890" },
	{ "123456789012345678901234567891" },
	{ "1e400", "10e399" },
	{ "1e401" },
	{ "1e9223372036854775807123" },
};

static void
test_cmp(void)
{
	size_t n = sizeof(rows) / sizeof(*rows), i, j, k, l;
	int want;

	for (i = 0; i < n; i++)
		for (j = 0; j < n; j++)
			for (k = 0; k < 4 && rows[i][k] != NULL; k++)
				for (l = 0; l < 4 && rows[j][l] != NULL; l++) {
					want = i < j ? -1 : i > j;
					CHECK_INT(
					    ev_num_cmp(ev_slice_of(rows[i][k]),
						ev_slice_of(rows[j][l])),
					    want);
				}
}

static void
test_int(void)
{
	/* clang-format off */
	static const struct {
		const char	*text;
		bool		 ok;
		int64_t		 want;
	} row[] = {
		{ "0", true, 0 }, { "-0.0e7", true, 0 }, { "0e99", true, 0 },
		{ "5.0", true, 5 }, { "1e3", true, 1000 },
		{ "-12.50e2", true, -1250 }, { "1e18", true,
		    INT64_C(1000000000000000000) },
		{ "9223372036854775807", true, INT64_MAX },
		{ "-9223372036854775808", true, INT64_MIN },
		{ "9223372036854775808", false, 0 },
		{ "-9223372036854775809", false, 0 },
		{ "9999999999999999999", false, 0 },
		{ "18446744073709551616", false, 0 },
		{ "1e19", false, 0 }, { "1e999999999999", false, 0 },
		{ "0.5", false, 0 }, { "1e-1", false, 0 },
		{ "1.0000000000000000000000001", false, 0 },
	};
	/* clang-format on */
	int64_t got;
	size_t i;

	for (i = 0; i < sizeof(row) / sizeof(*row); i++) {
		got = -7;
		CHECK_INT(
		    ev_num_int(ev_slice_of(row[i].text), &got), row[i].ok);
		CHECK_INT(got, row[i].ok ? row[i].want : -7);
	}
}

static bool
same(double a, double b)
{
	return a == b && signbit(a) == signbit(b);
}

static void
test_double(void)
{
	static const char *const text[] = { "0", "-0", "1", "-1.5", "0.1",
		"1e22", "1e23", "123456789012345", "9007199254740993",
		"1.7976931348623157e308", "1.7976931348623159e308", "4.9e-324",
		"2.4703282292062327e-324", "2.4703282292062328e-324",
		"2.2250738585072011e-308", "1e-999", "8.5e-17",
		"179769313486231580793e289", "0.000001", "1e-22", "3.14",
		"100000000000000e8", "1e400", "-1e99999999999999999999" };
	char big[1001];
	size_t i;

	for (i = 0; i < sizeof(text) / sizeof(*text); i++)
		CHECK(same(ev_num_double(ev_slice_of(text[i])),
		    strtod(text[i], NULL)));
	/* a half, then a digit that tips it far behind the point */
	memset(big, '0', sizeof(big) - 1);
	memcpy(big, "9007199254740993.0", 18);
	big[999] = '1';
	big[1000] = '\0';
	CHECK(same(ev_num_double(ev_slice_of(big)), 9007199254740994.0));
	if (setlocale(LC_NUMERIC, "de_DE.UTF-8") != NULL)
		CHECK(same(ev_num_double(EV_SLICE("1.25e-30")), 1.25e-30));
	setlocale(LC_NUMERIC, "C");
}

static void
test_time(void)
{
	/* clang-format off */
	static const struct {
		const char	*text;
		int		 scale;
		bool		 ok;
		int64_t		 sec;
		int32_t		 nsec;
	} row[] = {
		{ "0", 0, true, 0, 0 },
		{ "1709856000", 0, true, 1709856000, 0 },
		{ "1709856000.5", 0, true, 1709856000, 500000000 },
		{ "1709856000123", -3, true, 1709856000, 123000000 },
		{ "1709856000123.25", -3, true, 1709856000, 123250000 },
		{ "1709856000123456", -6, true, 1709856000, 123456000 },
		{ "1709856000123456789", -9, true, 1709856000, 123456789 },
		{ "1.709856e9", 0, true, 1709856000, 0 },
		{ "1709856e3", 0, true, 1709856000, 0 },
		{ "0.1234567899", 0, true, 0, 123456789 },
		{ "1e-20", 0, true, 0, 0 },
		{ "1e-99999999999999999999", 0, true, 0, 0 },
		{ "-1e-20", 0, true, -1, 999999999 },
		{ "-1", 0, true, -1, 0 },
		{ "-1.5", 0, true, -2, 500000000 },
		{ "-0.0000000001", 0, true, -1, 999999999 },
		{ "-1.0000000001", 0, true, -2, 999999999 },
		{ "-1", -3, true, -1, 999000000 },
		{ "-0", -9, true, 0, 0 },
		{ "253402300799.999999999", 0, true, 253402300799, 999999999 },
		{ "253402300800", 0, false, 0, 0 },
		{ "-62167219200", 0, true, -62167219200, 0 },
		{ "-62167219200.000000001", 0, false, 0, 0 },
		{ "1e15", 0, false, 0, 0 },
		{ "1e999999999999999999", -9, false, 0, 0 },
		{ "-1e400", 0, false, 0, 0 },
	};
	/* clang-format on */
	int64_t sec;
	int32_t nsec;
	size_t i;
	bool ok;

	for (i = 0; i < sizeof(row) / sizeof(*row); i++) {
		sec = nsec = 0;
		ok = ev_num_time(
		    ev_slice_of(row[i].text), row[i].scale, &sec, &nsec);
		CHECK_INT(ok, row[i].ok);
		CHECK_INT(sec, row[i].sec);
		CHECK_INT(nsec, row[i].nsec);
	}
}

int
main(void)
{
	test_valid();
	test_cmp();
	test_int();
	test_double();
	test_time();
	return test_end();
}
