#include "seal/merkle.h"

#include <string.h>

void
ev_merkle_leaf(struct ev_sha256 *sha, struct ev_slice line,
    unsigned char leaf[EV_SHA256_SIZE])
{
	ev_sha256_add(sha, "\0", 1);
	ev_sha256_add(sha, line.p, line.n);
	ev_sha256_end(sha, leaf);
}

/* right becomes the node above both. */
static void
join(struct ev_sha256 *sha, const unsigned char *left, unsigned char *right)
{
	ev_sha256_add(sha, "\1", 1);
	ev_sha256_add(sha, left, EV_SHA256_SIZE);
	ev_sha256_add(sha, right, EV_SHA256_SIZE);
	ev_sha256_end(sha, right);
}

void
ev_merkle_add(struct ev_merkle *tree, struct ev_sha256 *sha,
    const unsigned char leaf[EV_SHA256_SIZE])
{
	unsigned char node[EV_SHA256_SIZE];
	unsigned level;

	memcpy(node, leaf, sizeof(node));
	for (level = 0; (tree->n >> level & 1) != 0; level++)
		join(sha, tree->top[level], node);
	memcpy(tree->top[level], node, sizeof(node));
	tree->n++;
}

void
ev_merkle_root(const struct ev_merkle *tree, struct ev_sha256 *sha,
    unsigned char root[EV_SHA256_SIZE])
{
	unsigned level = 0;

	if (tree->n == 0) {
		ev_sha256_end(sha, root);
		return;
	}
	while ((tree->n >> level & 1) == 0)
		level++;
	memcpy(root, tree->top[level], EV_SHA256_SIZE);
	for (level++; level < 64 && tree->n >> level != 0; level++)
		if ((tree->n >> level & 1) != 0)
			join(sha, tree->top[level], root);
}
