#include "parse/frame.h"

#include <stdlib.h>

#include "base/mem.h"
#include "event/lex.h"
#include "text/regex.h"

#define GROUPS 4
#define LINE_MOST 4096 /* bytes of a frame's line */
#define FUNCTION_MOST 512

/* groups: F function, f file, l line, c column */
static const struct row {
	enum ev_tongue tongue;
	const char *needle; /* stands in every such line */
	const char *pattern;
	const char *groups;
} row[] = {
	{ EV_TONGUE_PYTHON, "File \"",
	    "^[ |]*File \"(.+?)\", line (\\d+)(?:, in (.+))?$", "flF" },
	{ EV_TONGUE_JAVA, "at ",
	    "^\\s*at ((?:[\\w.$-]+/)*[\\w$.<>-]+)"
	    "\\((?:([\\w$.-]+\\.(?:java|kt|scala|groovy|clj)):(\\d+)"
	    "|Native Method|Unknown Source|[\\w$-]+\\.java)\\)",
	    "Ffl" },
	{ EV_TONGUE_RUST, ".rs:", "^\\s+at (\\S.*?\\.rs):(\\d+)(?::(\\d+))?$",
	    "flc" },
	{ EV_TONGUE_RUST, "--> ", "^\\s*--> (\\S.*?):(\\d+):(\\d+)$", "flc" },
	{ EV_TONGUE_NODE, "at eval (eval at ",
	    "^\\s*at (eval) \\(eval at [^(]*\\((.*?):(\\d+):(\\d+)\\)",
	    "Fflc" },
	{ EV_TONGUE_NODE, "at ",
	    "^\\s*at (?:async )?(.+?) \\((.+):(\\d+):(\\d+)\\)(?: \\{)?$",
	    "Fflc" },
	{ EV_TONGUE_NODE, "at ",
	    "^\\s*at (?:async )?([^\\s()][^()]*):(\\d+):(\\d+)(?: \\{)?$",
	    "flc" },
	{ EV_TONGUE_NODE, "at ",
	    "^\\s+at (?:async )?(.+?) \\((<anonymous>"
	    "|native|index \\d+)\\)(?: \\{)?$",
	    "Ff" },
	{ EV_TONGUE_GO, ".go:",
	    "^\\s*((?:(?<=\\s)\\S.*|\\S+)\\.go):(\\d+)(?: \\+0x[0-9a-f]+)?$",
	    "fl" },
	{ EV_TONGUE_C, "#",
	    "^\\s*#\\d+ +0x[0-9a-f]+ in (.+?) (/?[^\\s():]+):(\\d+)"
	    "(?::(\\d+))?$",
	    "Fflc" },
	{ EV_TONGUE_C, "#", "^\\s*#\\d+ +0x[0-9a-f]+ in (.+?) \\((.+?)\\+0x",
	    "Ff" },
	{ EV_TONGUE_C, "#",
	    "^\\s*#\\d+ +(?:0x[0-9a-f]+ in )?(\\S+) \\(.*\\) "
	    "at ([^\\s:]+):(\\d+)$",
	    "Ffl" },
};
#define ROWS (sizeof(row) / sizeof(row[0]))

/* What is not the user's: in a file's name, or how a function begins. */
static const char *const alien_file[] = { "node_modules/", "node_modules\\",
	"node:", "<anonymous>", "<frozen ", "[eval", "internal/",
	"site-packages/", "dist-packages/", "/lib/python3", "/lib/python2",
	"/usr/local/go/src/", "/usr/lib/go", "/go/pkg/mod/", "/pkg/mod/",
	"/libexec/src/runtime/", "_testmain.go", "/rustc/", "/rustlib/",
	"library/core/", "library/std/", "library/alloc/", "/.cargo/registry/",
	"/usr/include/", "../sysdeps/", "../csu/", "/libc.so", "/lib/x86_64",
	"libsanitizer", NULL };
static const char *const alien_start[] = { "native", "index ", "<", NULL };
static const char *const alien_function[] = { "java.", "javax.", "jdk.", "sun.",
	"com.sun.", "java.base/", "kotlin.", "scala.", "groovy.", "org.junit.",
	"junit.", "org.testng.", "org.apache.maven.", "org.gradle.",
	"org.codehaus.groovy.", "app//org.junit.", NULL };

struct ev_frames {
	struct ev_regex *regex[ROWS];
};

struct ev_frames *
ev_frames_new(void)
{
	return ev_calloc(1, sizeof(struct ev_frames));
}

void
ev_frames_free(struct ev_frames *frames)
{
	size_t i;

	if (frames == NULL)
		return;
	for (i = 0; i < ROWS; i++)
		ev_regex_free(frames->regex[i]);
	free(frames);
}

uint32_t
ev_frame_number(struct ev_slice digits)
{
	uint32_t n = 0;
	size_t i;

	if (digits.n > 9)
		return 0;
	for (i = 0; i < digits.n; i++) {
		if (!ev_is_digit(digits.p[i]))
			return 0;
		n = n * 10 + (uint32_t)(digits.p[i] - '0');
	}
	return n;
}

static void
take(const char *groups, const struct ev_slice *group, struct ev_frame *out)
{
	memset(out, 0, sizeof(*out));
	for (; *groups != '\0'; groups++, group++) {
		if (*groups == 'F')
			out->function = *group;
		else if (*groups == 'f')
			out->file = *group;
		else if (*groups == 'l')
			out->line = ev_frame_number(*group);
		else
			out->column = ev_frame_number(*group);
	}
	if (out->function.n > FUNCTION_MOST)
		out->function.n = 0;
}

enum ev_tongue
ev_frames_read(
    struct ev_frames *frames, struct ev_slice line, struct ev_frame *out)
{
	struct ev_slice group[GROUPS];
	size_t i;

	while (line.n > 0 && ev_is_blank(line.p[line.n - 1]))
		line.n--;
	if (line.n > LINE_MOST)
		return EV_TONGUE_NONE;
	for (i = 0; i < ROWS; i++) {
		if (memmem(line.p, line.n, row[i].needle,
			strlen(row[i].needle)) == NULL)
			continue;
		if (frames->regex[i] == NULL)
			frames->regex[i] =
			    ev_regex_new(row[i].pattern, false, NULL);
		if (ev_regex_groups(frames->regex[i], line, group, GROUPS) != 1)
			continue;
		take(row[i].groups, group, out);
		out->user = ev_frame_is_user(out);
		return row[i].tongue;
	}
	return EV_TONGUE_NONE;
}

bool
ev_frame_is_user(const struct ev_frame *frame)
{
	const char *const *p;

	if (frame->file.n == 0)
		return false;
	for (p = alien_file; *p != NULL; p++)
		if (memmem(frame->file.p, frame->file.n, *p, strlen(*p)) !=
		    NULL)
			return false;
	for (p = alien_start; *p != NULL; p++)
		if (ev_slice_starts(frame->file, *p))
			return false;
	for (p = alien_function; *p != NULL; p++)
		if (ev_slice_starts(frame->function, *p))
			return false;
	return true;
}

/* Takes ":digits" from the end of a text; 0: there are none. */
static uint32_t
take_number(struct ev_slice *text)
{
	size_t at = text->n;
	uint32_t n;

	while (at > 0 && ev_is_digit(text->p[at - 1]))
		at--;
	if (at < 2 || at == text->n || text->p[at - 1] != ':')
		return 0;
	n = ev_frame_number((struct ev_slice){ text->p + at, text->n - at });
	text->n = at - 1;
	return n;
}

bool
ev_frame_location(struct ev_slice text, struct ev_frame *out)
{
	size_t whole = text.n;
	uint32_t last = take_number(&text), first;

	memset(out, 0, sizeof(*out));
	if (text.n == whole)
		return false;
	whole = text.n;
	first = take_number(&text);
	out->file = text;
	out->line = text.n < whole ? first : last;
	out->column = text.n < whole ? last : 0;
	out->user = ev_frame_is_user(out);
	return true;
}
