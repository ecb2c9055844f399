#include "store/listing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/part.h"

void
ev_listing_clear(struct ev_listing *listing)
{
	free(listing->day);
	free(listing->packed);
	*listing = (struct ev_listing){ 0 };
}

/* Where a day stands, or belongs, in a list. */
static size_t
place_of(const int32_t *list, size_t n, int32_t day)
{
	size_t low = 0, high = n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (list[mid] < day)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void
add(int32_t **list, size_t *n, int32_t day)
{
	size_t at = place_of(*list, *n, day);

	if (at < *n && (*list)[at] == day)
		return;
	/* room for 64 more whenever the last 64 are used up */
	if (*n % 64 == 0)
		*list = ev_realloc(*list, *n + 64, sizeof(day));
	memmove(*list + at + 1, *list + at, (*n - at) * sizeof(day));
	(*list)[at] = day;
	++*n;
}

void
ev_listing_add(struct ev_listing *listing, int32_t day)
{
	add(&listing->day, &listing->count, day);
}

bool
ev_listing_packed(const struct ev_listing *listing, int32_t day)
{
	size_t at = place_of(listing->packed, listing->npacked, day);

	return at < listing->npacked && listing->packed[at] == day;
}

static bool
ends(const char *name, const char *suffix)
{
	size_t n = strlen(name), m = strlen(suffix);

	return n > m && strcmp(name + n - m, suffix) == 0;
}

static bool
is_view(const char *name)
{
	return strncmp(name, "20", 2) == 0 ||
	    strncmp(name, "rejected", 8) == 0 || strncmp(name, "feed", 4) == 0;
}

static void
take(struct ev_listing *listing, int fd, const char *name, bool tidy)
{
	int32_t day;

	if (ev_part_file_parse(name, &day))
		ev_listing_add(listing, day);
	else if (ev_part_packed_parse(name, &day))
		add(&listing->packed, &listing->npacked, day);
	else if (tidy && ends(name, ".tmp") && is_view(name))
		unlinkat(fd, name, 0);
}

int
ev_listing_read(struct ev_listing *listing, const struct ev_dir *dir, bool tidy,
    struct ev_err *err)
{
	int fd = openat(dir->priv, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *stream = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *entry;
	int r = 0;

	*listing = (struct ev_listing){ 0 };
	if (stream == NULL) {
		r = ev_dir_fail(dir, "list", "", err);
		if (fd >= 0)
			close(fd);
		return r;
	}
	for (;;) {
		errno = 0;
		entry = readdir(stream);
		if (entry == NULL)
			break;
		take(listing, fd, entry->d_name, tidy);
	}
	if (errno != 0) {
		r = ev_dir_fail(dir, "list", "", err);
		ev_listing_clear(listing);
	}
	closedir(stream);
	return r;
}
