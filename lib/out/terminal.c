#include "out/terminal.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

/* A sane number of cells in an environment variable, or 0. */
static size_t
from_env(const char *name)
{
	const char *text = getenv(name);
	char *end;
	long n;

	if (text == NULL || *text == '\0')
		return 0;
	n = strtol(text, &end, 10);
	return *end == '\0' && n > 0 && n < 10000 ? (size_t)n : 0;
}

static struct winsize
from_kernel(int fd)
{
	struct winsize size;

	if (ioctl(fd, TIOCGWINSZ, &size) == -1)
		memset(&size, 0, sizeof(size));
	return size;
}

size_t
ev_terminal_width(int fd)
{
	size_t n = from_env("COLUMNS");

	if (n == 0)
		n = from_kernel(fd).ws_col;
	return n > 0 ? n : 80;
}

size_t
ev_terminal_height(int fd)
{
	size_t n = from_env("LINES");

	if (n == 0)
		n = from_kernel(fd).ws_row;
	return n > 0 ? n : 24;
}

bool
ev_terminal_ascii(void)
{
	locale_t locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
	bool ascii;

	if (locale == (locale_t)0)
		return true;
	ascii = strcmp(nl_langinfo_l(CODESET, locale), "UTF-8") != 0;
	freelocale(locale);
	return ascii;
}
