/* The hash tree of RFC 6962 against roots that a recursive model in Python
 * gave, and those of Certificate Transparency's own tests. */
#include "base/hash.h"
#include "seal/merkle.h"
#include "test.h"

/* Leaves "0", "1", … in this order. */
/* clang-format off */
static const struct {
	unsigned n;
	const char *root;
} numbers[] = {
	{ 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
	{ 1, "db3426e878068d28d269b6c87172322ce5372b65756d0789001d34835f601c03" },
	{ 2, "cb00989d94a569c0a678ae042b63dcd4625db96440517f37a6eb7976ea24ed4b" },
	{ 3, "725d5230db68f557470dc35f1d8865813acd7ebb07ad152774141decbae71327" },
	{ 4, "9f4a3fc20d4162dc37d4e23d907848731a76043ffff6d69288bf1abfbcff478e" },
	{ 5, "b6748f6ed7a99de7da84fd97e1a3bac6fab8999f4a43695cab9528a2de431147" },
	{ 6, "32805cc5e94134743d0aa580ef2ee332687b687fc2e4e2f72fee1cc712e0ba0c" },
	{ 7, "a3e23b32ccb6bf96d092d165d8aa546e09829de8f03b0e8957581d1e16b92bdf" },
	{ 8, "3b85a9626c1ccb64c6b95ec7fa64888defe2cf12e39e77e10812ce5fcb9cb58e" },
	{ 9, "e10cb99e8a9c48ae8a25e6c37ab3c88e6c93e8cf2a62cf7e4dcac1ea597e77d4" },
	{ 15, "ed9fbf444b8720911036bd67196cf53ac2a9d990ec95c9d51c79fc4b07f4c966" },
	{ 16, "acfca191dcca991f54c07c54700b28ac8625e74614b2dadb96e7ae94694bedc8" },
	{ 17, "1b2243bde9d95f307eb27d826ab93d1d95354d98f78633815a0189158c3a3c95" },
	{ 31, "e0e1f4b5608c8e78fb7e761e0d370bb313d04bf11d447119479aff07733996e2" },
	{ 100, "7a1541f5e93292eb40660749ef8f36ef074d30052102fab1abfd03bf09e5685d" },
	{ 1000, "638afa98022925bacfddadb15ef22fd0199c1ac99c2973b6158243d13fce05c2" },
};
/* clang-format on */

/* The first n of these. */
static const struct ev_slice ct[] = { EV_SLICE_INIT(""), EV_SLICE_INIT("\0"),
	EV_SLICE_INIT("\x10"), EV_SLICE_INIT(" !"), EV_SLICE_INIT("01"),
	EV_SLICE_INIT("@ABC"), EV_SLICE_INIT("PQRSTUVW"),
	EV_SLICE_INIT("`abcdefghijklmno") };
static const char *const ct_roots[] = {
	"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
	"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
	"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
	"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
	"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
	"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
	"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
	"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

static void
check_root(
    const struct ev_merkle *tree, struct ev_sha256 *sha, const char *want)
{
	unsigned char root[EV_SHA256_SIZE], back[EV_SHA256_SIZE];
	char hex[EV_SHA256_HEX];

	ev_merkle_root(tree, sha, root);
	ev_hex(root, sizeof(root), hex);
	CHECK_STR(hex, want);
	CHECK(ev_unhex(hex, sizeof(back), back));
	CHECK(memcmp(root, back, sizeof(root)) == 0);
	hex[17] = 'G';
	CHECK(!ev_unhex(hex, sizeof(back), back));
}

int
main(void)
{
	struct ev_sha256 *sha = ev_sha256_new();
	unsigned char leaf[EV_SHA256_SIZE];
	struct ev_merkle tree = { 0 };
	char text[16];
	unsigned i = 0;
	size_t k;

	for (k = 0; k < sizeof(numbers) / sizeof(numbers[0]); k++) {
		for (; i < numbers[k].n; i++) {
			snprintf(text, sizeof(text), "%u", i);
			ev_merkle_leaf(sha, ev_slice_of(text), leaf);
			ev_merkle_add(&tree, sha, leaf);
		}
		check_root(&tree, sha, numbers[k].root);
	}
	tree = (struct ev_merkle){ 0 };
	for (k = 0; k < sizeof(ct) / sizeof(ct[0]); k++) {
		ev_merkle_leaf(sha, ct[k], leaf);
		ev_merkle_add(&tree, sha, leaf);
		check_root(&tree, sha, ct_roots[k]);
	}
	ev_sha256_free(sha);
	return test_end();
}
