#include "tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH 512
#define DEEP 4

void
fail(const char *what, const char *name)
{
	fprintf(
	    stderr, "kill: cannot %s '%s': %s\n", what, name, strerror(errno));
	exit(2);
}

static void
path_of(char path[PATH], const char *dir, const char *name)
{
	if (snprintf(path, PATH, "%s/%s", dir, name) >= PATH) {
		errno = ENAMETOOLONG;
		fail("use", name);
	}
}

static void
read_file(struct file *file, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t done = 0;
	struct stat st;
	ssize_t n;

	if (fd < 0 || fstat(fd, &st) < 0)
		fail("read", path);
	file->n = (size_t)st.st_size;
	file->mode = st.st_mode & 07777;
	file->p = malloc(file->n + 1);
	if (file->p == NULL)
		fail("read", path);
	while (done < file->n) {
		n = read(fd, file->p + done, file->n - done);
		if (n <= 0)
			fail("read", path);
		done += (size_t)n;
	}
	file->p[file->n] = '\0';
	close(fd);
}

static struct file *
another(struct tree *tree)
{
	struct file *file =
	    realloc(tree->file, (tree->count + 1) * sizeof(*file));

	if (file == NULL)
		fail("load", "a file");
	tree->file = file;
	return &tree->file[tree->count++];
}

/* Adds what is in dir, at most `deeper` levels below it too. */
static void
load(struct tree *tree, const char *dir, const char *below, int deeper)
{
	DIR *d = opendir(dir);
	const struct dirent *e;
	struct file *file;
	char path[PATH], name[256];
	struct stat st;

	if (d == NULL)
		fail("read", dir);
	while ((e = readdir(d)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		path_of(path, dir, e->d_name);
		if (lstat(path, &st) < 0)
			fail("load", path);
		file = another(tree);
		snprintf(file->name, sizeof(file->name), "%.100s%.150s", below,
		    e->d_name);
		if (S_ISREG(st.st_mode)) {
			read_file(file, path);
			continue;
		}
		file->p = NULL;
		file->mode = st.st_mode & 07777;
		if (!S_ISDIR(st.st_mode) || deeper == 0)
			fail("load", path);
		strcat(file->name, "/");
		snprintf(name, sizeof(name), "%s", file->name);
		load(tree, path, name, deeper - 1);
	}
	closedir(d);
}

void
tree_load(struct tree *tree, const char *dir)
{
	tree_clear(tree);
	load(tree, dir, "", DEEP);
}

static void
put(const struct file *file, const char *path)
{
	size_t done = 0;
	ssize_t n;
	int fd;

	if (file->p == NULL) {
		if (mkdir(path, file->mode) < 0)
			fail("make", path);
		return;
	}
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, file->mode);
	if (fd < 0)
		fail("make", path);
	while (done < file->n) {
		n = write(fd, file->p + done, file->n - done);
		if (n <= 0)
			fail("write", path);
		done += (size_t)n;
	}
	close(fd);
}

void
tree_put(const struct tree *tree, const char *dir)
{
	char path[PATH];
	size_t i;

	tree_remove(dir);
	if (mkdir(dir, 0755) < 0)
		fail("make", dir);
	for (i = 0; i < tree->count; i++) {
		path_of(path, dir, tree->file[i].name);
		put(&tree->file[i], path);
	}
}

struct file *
tree_file(const struct tree *tree, const char *name)
{
	size_t i;

	for (i = 0; i < tree->count; i++)
		if (strcmp(tree->file[i].name, name) == 0)
			return &tree->file[i];
	return NULL;
}

bool
tree_same(const struct tree *a, const struct tree *b)
{
	const struct file *file, *other;
	size_t i;

	for (i = 0; i < a->count; i++) {
		file = &a->file[i];
		other = tree_file(b, file->name);
		if (other == NULL || (file->p == NULL) != (other->p == NULL))
			return false;
		if (file->p != NULL &&
		    (file->n != other->n ||
			memcmp(file->p, other->p, file->n) != 0))
			return false;
	}
	return a->count == b->count;
}

void
tree_append(struct tree *tree, const char *name, const char *p, size_t n)
{
	struct file *file = tree_file(tree, name);
	char *more = file != NULL ? realloc(file->p, file->n + n + 1) : NULL;

	if (more == NULL)
		fail("append to", name);
	memcpy(more + file->n, p, n);
	file->p = more;
	file->n += n;
	file->p[file->n] = '\0';
}

void
tree_keep(struct tree *tree, const char *name)
{
	size_t i, kept = 0;

	for (i = 0; i < tree->count; i++)
		if (strcmp(tree->file[i].name, name) == 0)
			tree->file[kept++] = tree->file[i];
		else
			free(tree->file[i].p);
	tree->count = kept;
}

void
tree_clear(struct tree *tree)
{
	while (tree->count > 0)
		free(tree->file[--tree->count].p);
	free(tree->file);
	tree->file = NULL;
}

void
tree_remove(const char *dir)
{
	DIR *d = opendir(dir);
	const struct dirent *e;
	char path[PATH];

	if (d == NULL && errno == ENOENT)
		return;
	if (d == NULL)
		fail("remove", dir);
	while ((e = readdir(d)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		path_of(path, dir, e->d_name);
		if (unlink(path) < 0) {
			if (errno != EISDIR)
				fail("remove", path);
			tree_remove(path);
		}
	}
	closedir(d);
	if (rmdir(dir) < 0)
		fail("remove", dir);
}
