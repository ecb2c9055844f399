#include "test.h"

#include <unistd.h>

#include "emit/assign.h"
#include "scratch.h"

static struct ev_assign field = EV_ASSIGN_INIT;
static struct ev_err err;

/* "NAME|RAW" or "NAME+RAW" of an argument, or the error. */
static const char *
parse(const char *arg)
{
	static char text[2048];

	if (ev_assign_parse(&field, arg, 1000, &err) == -1)
		return err.text;
	snprintf(text, sizeof(text), "%.*s%c%.*s", (int)field.name.n,
	    field.name.p, field.push ? '+' : '|', (int)field.raw.n,
	    field.raw.p);
	return text;
}

static void
separators(void)
{
	CHECK_STR(parse("a=b"), "a|\"b\"");
	CHECK_STR(parse("a="), "a|\"\"");
	CHECK_STR(parse("a==b"), "a|\"=b\"");
	CHECK_STR(parse("a=1"), "a|\"1\"");
	CHECK_STR(parse("a:=1"), "a|1");
	CHECK_STR(parse("a=:=1"), "a|\":=1\"");
	CHECK_STR(parse("a:b=c"), "a:b|\"c\"");
	CHECK_STR(parse("a+=b"), "a+\"b\"");
	CHECK_STR(parse("a+b=c"), "a+b|\"c\"");
	CHECK_STR(parse("a.b:=\"@x\""), "a.b|\"@x\"");
	CHECK_STR(parse("a+=@x"), "a+\"@x\"");
	CHECK(strncmp(parse("=b"), "'=b' is not FIELD=TEXT", 22) == 0);
	CHECK(strncmp(parse("ab"), "'ab' is not FIELD=TEXT", 22) == 0);
	CHECK(strncmp(parse(""), "'' is not FIELD=TEXT", 20) == 0);
}

static void
json(void)
{
	CHECK_STR(parse("a:= {\"x\" :\n [1,\t2.50] } "), "a|{\"x\":[1,2.50]}");
	CHECK_STR(parse("a:=9007199254740993"), "a|9007199254740993");
	CHECK_STR(parse("a:="), "a: empty, not JSON");
	CHECK_STR(parse("a:=1 2"), "a: not JSON (at byte 3)");
	CHECK_STR(parse("a:=\"x\ny\""), "a: not JSON (at byte 3)");
	CHECK_STR(parse("a:={\"b\":{\"c\":1,\"c\":2}}"),
	    "a: duplicate key \"c\" in b");
	CHECK_STR(parse("a:=\"\\u0000\""), "a: \\u0000");
	CHECK_STR(parse("a:=\"\\ud800\""), "a: a lone surrogate");
	CHECK_STR(parse("a:=\"\xff\""), "a: not UTF-8");
}

static void
texts(void)
{
	CHECK_STR(
	    parse("a=x\x1b\x7f\"\\\n"), "a|\"x\\u001b\\u007f\\\"\\\\\\n\"");
	CHECK_STR(parse("a=\xe2\x80\xae"), "a|\"\\u202e\"");
	CHECK_STR(parse("a=\xc3\x9c"), "a|\"\xc3\x9c\"");
	CHECK_STR(parse("a=\xff"), "a: not UTF-8");
	CHECK_STR(parse("a=\xed\xa0\x80"), "a: not UTF-8");
}

static void
write_file(const char *name, const char *bytes, size_t n)
{
	FILE *f = fopen(scratch(name), "w");

	CHECK(f != NULL && fwrite(bytes, 1, n, f) == n && fclose(f) == 0);
}

static const char *
parse_file(const char *separator, const char *name)
{
	char arg[400];

	snprintf(arg, sizeof(arg), "a%s%s", separator, scratch(name));
	return parse(arg);
}

static void
files(void)
{
	char big[1001];

	memset(big, 'x', sizeof(big));
	write_file("text", "1\n2\n", 4);
	write_file("json", "{\n \"b\": 1\n}\n", 12);
	write_file("nul", "a\0b", 3);
	write_file("empty", "", 0);
	write_file("big", big, sizeof(big));
	CHECK_STR(parse_file("=@", "text"), "a|\"1\\n2\\n\"");
	CHECK_STR(parse_file("=@", "empty"), "a|\"\"");
	CHECK_STR(parse_file("=@", "nul"), "a: a NUL cannot be written");
	CHECK_STR(parse_file(":=@", "json"), "a|{\"b\":1}");
	CHECK_STR(parse_file(":=@", "empty"), "a: empty, not JSON");
	CHECK_STR(parse_file(":=@", "nul"), "a: not JSON (at byte 1)");
	CHECK(strstr(parse_file("=@", "big"), "1000") != NULL);
	CHECK(strstr(parse_file("=@", "none"), "No such file") != NULL);
	CHECK_STR(parse("a=@-"), "a: '-' is not a file");
	CHECK_STR(parse("a:=@-"), "a: '-' is not a file");
}

int
main(void)
{
	scratch_begin();
	separators();
	json();
	texts();
	files();
	ev_buf_clear(&field.raw);
	scratch_end();
	return test_end();
}
