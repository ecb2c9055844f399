#include "grid/glyph.h"

#include <math.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

void
ev_glyph_bar(struct ev_buf *out, double part, size_t cells, bool ascii)
{
	static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊",
		"▉" };
	size_t units = ascii ? 1 : COUNT(eighths), n, i;

	if (!(part > 0))
		return;
	n = (size_t)lround(fmin(part, 1) * (double)(cells * units));
	/* what is above nothing can be seen */
	n = n == 0 ? 1 : n;
	for (i = 0; i < n / units; i++)
		ev_buf_adds(out, ascii ? "#" : "█");
	if (!ascii)
		ev_buf_adds(out, eighths[n % units]);
}

/* The step of a part among n: the first for 0 alone. */
static size_t
step(double part, size_t n)
{
	if (!(part > 0))
		return 0;
	return 1 + (size_t)(fmin(part, 1) * ((double)n - 1.001));
}

void
ev_glyph_spark(struct ev_buf *out, double part, bool ascii)
{
	static const char *const sparks[] = { "▁", "▂", "▃", "▅", "▇" };
	static const char *const plain[] = { "_", ".", "-", "=", "#" };

	ev_buf_adds(out, (ascii ? plain : sparks)[step(part, COUNT(sparks))]);
}

void
ev_glyph_heat(struct ev_buf *out, double part, bool ascii)
{
	static const char *const shades[] = { "  ", "░░", "▒▒", "▓▓", "██" };
	static const char *const plain[] = { " .", " -", " +", " *", " #" };

	ev_buf_adds(out, (ascii ? plain : shades)[step(part, COUNT(shades))]);
}
