#include "emit/machine.h"

#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "json/quote.h"
#include "text/lower.h"
#include "text/time.h"

/* What uname calls an architecture, and what Node.js does. */
static const struct {
	const char *uname, *node;
} archs[] = {
	{ "x86_64", "x64" },
	{ "amd64", "x64" },
	{ "aarch64", "arm64" },
	{ "i386", "ia32" },
	{ "i486", "ia32" },
	{ "i586", "ia32" },
	{ "i686", "ia32" },
	{ "armv6l", "arm" },
	{ "armv7l", "arm" },
	{ "armv8l", "arm" },
	{ "loongarch64", "loong64" },
	{ "ppc64le", "ppc64" },
};

static const char *
arch_of(const char *machine)
{
	size_t i;

	for (i = 0; i < sizeof(archs) / sizeof(archs[0]); i++)
		if (strcmp(archs[i].uname, machine) == 0)
			return archs[i].node;
	return machine;
}

static void
put(struct ev_buf *out, const char *name, const char *text)
{
	ev_buf_addf(out, ",\"%s\":", name);
	ev_quote(out, ev_slice_of(text));
}

void
ev_machine(struct ev_buf *out, struct timespec now)
{
	struct ev_buf platform = EV_BUF_INIT;
	char at[EV_TIME_SIZE], *cwd;
	struct utsname name;

	if (uname(&name) == -1)
		memset(&name, 0, sizeof(name));
	ev_lower(&platform, ev_slice_of(name.sysname));
	ev_buf_adds(out, "{\"platform\":");
	ev_quote(out, ev_buf_slice(&platform));
	put(out, "arch", arch_of(name.machine));
	put(out, "os_release", name.release);
	cwd = getcwd(NULL, 0);
	if (cwd != NULL)
		put(out, "cwd", cwd);
	ev_time_format(now, at);
	put(out, "captured_at", at);
	ev_buf_addc(out, '}');
	free(cwd);
	ev_buf_clear(&platform);
}
