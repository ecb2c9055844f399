#include "parse/format.h"

#include <string.h>

#include "parse/work.h"

/* Formats and the tools whose rules they ask. */
static const struct {
	const char *name;
	unsigned tools;
} format[] = {
	{ "auto", EV_TOOL_ANY & ~EV_TOOL_LINES },
	{ "lines", EV_TOOL_LINES },
	{ "tap", EV_TOOL_TAP },
	{ "junit", EV_TOOL_JUNIT },
	{ "sarif", EV_TOOL_SARIF },
	{ "gcc", EV_TOOL_GCC | EV_TOOL_SHELL },
	{ "go", EV_TOOL_GO },
	{ "cargo", EV_TOOL_CARGO },
	{ "tsc", EV_TOOL_TSC },
	{ "eslint", EV_TOOL_ESLINT },
	{ "jest", EV_TOOL_JEST },
	{ "pytest", EV_TOOL_PYTEST },
	{ "node", EV_TOOL_NODE },
	{ "python", EV_TOOL_PYTHON },
	{ "rust", EV_TOOL_RUST },
	{ "java", EV_TOOL_JAVA },
	{ "github", EV_TOOL_GITHUB },
};
#define FORMATS (sizeof(format) / sizeof(format[0]))

const char *
ev_format_name(size_t i)
{
	return i < FORMATS ? format[i].name : NULL;
}

unsigned
ev_format_tools(const char *name)
{
	size_t i;

	for (i = 0; i < FORMATS; i++)
		if (strcmp(name, format[i].name) == 0)
			return format[i].tools;
	return 0;
}
