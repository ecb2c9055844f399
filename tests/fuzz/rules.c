/* A file of rules, and the fold that they make. */
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "fold/fold.h"
#include "fold/rulefile.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	int fd = memfd_create("rules", MFD_CLOEXEC);
	struct ev_err err = { "" };
	struct ev_model *model;
	struct ev_rules *rules;
	char path[64];

	HOLDS(fd != -1 && write(fd, p, n) == (ssize_t)n);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	rules = ev_rulefile_read(path, &err);
	HOLDS(rules != NULL || err.text[0] != '\0');
	if (rules != NULL) {
		model = ev_model_new(NULL);
		ev_fold_free(ev_fold_new(rules, model, &err));
		ev_rulefile_free(rules);
		ev_model_free(model);
	}
	close(fd);
	return 0;
}
