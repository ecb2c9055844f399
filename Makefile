# ev: event logs for the shell.
#
#	make		build the commands into build/bin
#	make demo	install what is missing, build, show the main job
#	make check	install what is missing, build, run all tests
#	make trust	the fault tests at every point, and each mutant caught;
#			FAULTS='C3 C12': these
#	make postgres	GOVERN's queries in PostgreSQL against the reports
#	make screenshots	pictures of the HTML pages, by chromium
#	make fuzz	clang's libFuzzer at everything that reads
#	make tsan	threads under TSan; make cover likewise
#	make valgrind	the tests under valgrind; VALGRIND_TESTS='lib emit tail/5':
#			these suites, of one every fifth test
#	make storm	of these the storm alone: 64 writers, 1,000 killed
#
# Variables: PREFIX, DESTDIR, CC, CFLAGS, B (where things are built).

VERSION = 0.1.0
PREFIX = /usr/local
DESTDIR =
B = build

CC = cc
CFLAGS = -O2 -g
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wundef \
	-Wcast-qual -Wformat=2 -Wvla
EXTRA =
CPPFLAGS += -Ilib -D_GNU_SOURCE -DEV_VERSION='"$(VERSION)"'
ALL_CFLAGS = -std=c11 $(WARN) -fstack-protector-strong -fno-common \
	-ffunction-sections -fdata-sections $(CFLAGS) $(EXTRA)
ALL_LDFLAGS = -Wl,--as-needed -Wl,--gc-sections -Wl,-z,relro \
	-Wl,--export-dynamic-symbol=mbedtls_x509_crt_parse_file $(LDFLAGS)
# nettle is linked in: loading it would be most of what a short command costs
LDLIBS = -lcjson -l:libnettle.a -lpcre2-8 -lzstd -lz -lutf8proc -lexpat -lm -pthread

PACKAGES_BUILD = gcc make libc6-dev libcjson-dev nettle-dev \
	libpcre2-dev libzstd-dev zlib1g-dev libutf8proc-dev libgit2-dev \
	libexpat1-dev
PACKAGES_TEST = bats jq git strace tzdata zstd gzip python3 mandoc man-db zsh fish \
	bash-completion util-linux locales procps
PACKAGES_LINT = clang clang-tidy clang-format cppcheck shellcheck shfmt

COMMANDS = $(patsubst cmd/%.c,%,$(wildcard cmd/ev-*.c))
LIB_SRC = $(wildcard lib/*/*.c)
LIB_OBJ = $(LIB_SRC:%.c=$(B)/obj/%.o)
CMD_OBJ = $(B)/obj/cmd/cmd.o $(B)/obj/cmd/effort.o $(B)/obj/cmd/answer.o \
	$(B)/obj/cmd/finger.o $(B)/obj/cmd/reader.o $(B)/obj/cmd/seals.o \
	$(B)/obj/cmd/gits_hook.o $(B)/obj/cmd/gits_setup.o \
	$(B)/obj/cmd/gits_log.o
CMD_LIB = $(B)/libcmd.a
CMD_SHARED = $(CMD_OBJ:$(B)/obj/%.o=%.c)
TEST_SRC = $(wildcard tests/lib/*.c)
TEST_BIN = $(TEST_SRC:tests/lib/%.c=$(B)/tests/%)
BENCH_SRC = $(wildcard tests/bench/*.c)
BENCH_BIN = $(BENCH_SRC:tests/bench/%.c=$(B)/bench/%)
PAGES = $(wildcard man/*.[1-8])

all: $(COMMANDS:%=$(B)/bin/%)

$(B)/bin/%: $(B)/obj/cmd/%.o $(CMD_LIB) $(B)/libev.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LDLIBS)

$(CMD_LIB): $(CMD_OBJ)
	@rm -f $@
	ar rcs $@ $^

$(B)/libev.a: $(LIB_OBJ)
	@rm -f $@
	ar rcs $@ $(LIB_OBJ)

$(B)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

tests-bin: $(TEST_BIN)

$(B)/tests/%: tests/lib/%.c $(B)/libev.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests/lib $(ALL_CFLAGS) $(ALL_LDFLAGS) -MMD -MP \
		-MF $@.d -o $@ $< $(filter %.o,$^) $(B)/libev.a $(LDLIBS)

FAULTY_TESTS = append cursor_faults file guard redaction store_broken \
	store_faults store_long store_midst store_rotated store_spool \
	store_waits upkeep_faults
$(FAULTY_TESTS:%=$(B)/tests/%): $(B)/obj/tests/fault/calls.o
$(B)/tests/store_faults $(B)/tests/upkeep_faults: $(B)/obj/tests/fault/tree.o

$(B)/bench/%: tests/bench/%.c $(B)/libev.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(ALL_LDFLAGS) -MMD -MP -MF $@.d \
		-o $@ $< $(B)/libev.a $(LDLIBS)

# The scanner in its other two forms, for the same tests.
SCAN_TESTS = rfc8259 scan_diff
SCAN_BIN = $(foreach f,PORTABLE BYTES,$(SCAN_TESTS:%=$(B)/tests/%.$(f)))

tests-bin: $(SCAN_BIN)

define scan_form
$(B)/tests/%.$(1): tests/lib/%.c lib/json/scan.c lib/json/token.c \
		lib/json/token.h $(B)/libev.a
	@mkdir -p $$(@D)
	$$(CC) $$(CPPFLAGS) -DEV_SCAN_$(1) -Itests/lib $$(ALL_CFLAGS) \
		$$(ALL_LDFLAGS) -o $$@ $$(filter-out %.h,$$^) $$(LDLIBS)
endef
$(foreach f,PORTABLE BYTES,$(eval $(call scan_form,$(f))))

# The fuzz targets: with a main that takes the seeds and their neighbours, or
# by clang with libFuzzer's.
FUZZ_SRC = $(filter-out tests/fuzz/main.c,$(wildcard tests/fuzz/*.c))
FUZZ_BIN = $(FUZZ_SRC:tests/%.c=$(B)/%)
FUZZ_MAIN = tests/fuzz/main.c
FUZZ_SECONDS = 20

fuzz-bin: $(FUZZ_BIN)

$(FUZZ_BIN): $(B)/fuzz/%: tests/fuzz/%.c $(wildcard $(FUZZ_MAIN)) $(B)/libev.a \
		$(wildcard tests/fuzz/*.h)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests/lib $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< \
		$(FUZZ_MAIN) $(B)/libev.a $(LDLIBS)

# Without the escaper: that the targets see what is wrong.
$(B)/mutant/NO_ESCAPER/escape: tests/fuzz/escape.c lib/out/escape.c $(B)/libev.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests/lib $(ALL_CFLAGS) $(ALL_LDFLAGS) \
		-DEV_MUTANT_NO_ESCAPER -o $@ $(filter %.c,$^) $(FUZZ_MAIN) \
		$(B)/libev.a $(LDLIBS)

# Without the look at UTF-8.
$(B)/mutant/NO_UTF8/rfc8259: tests/lib/rfc8259.c lib/json/token.c $(B)/libev.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests/lib $(ALL_CFLAGS) $(ALL_LDFLAGS) \
		-DEV_MUTANT_NO_UTF8 -o $@ $^ $(LDLIBS)

# Taking a short write for a whole one.
$(B)/mutant/SHORT_WRITES/store_faults: tests/lib/store_faults.c \
		lib/store/append.c $(B)/obj/tests/fault/calls.o \
		$(B)/obj/tests/fault/tree.o $(B)/libev.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests/lib $(ALL_CFLAGS) $(ALL_LDFLAGS) \
		-DEV_MUTANT_SHORT_WRITES -o $@ $^ $(LDLIBS)

# The fault tests: drivers, a preloaded library, and commands without one of
# their rules each: only what the rule's flag changes is compiled again.
SHIM_SRC = tests/fault/shim.c tests/fault/interpose.c
FAULT_BIN = kill inject storm foreign
KILL_SRC = after calls errors json kill kills play reader run scene stage tree
INJECT_SRC = inject calls
STORM_SRC = storm writers json reader tree
FOREIGN_SRC = foreign writers json reader tree
COUNTED = ev-replay ev-stats ev-tree
DAMAGE_SRC = damage json reader run tree
# RULE/COMMAND
MUTANTS = NO_SEAL/ev-emit NO_READBACK/ev-emit NO_READBACK/ev-tail \
	FEED_UNVERIFIED/ev-emit \
	SHORT_WRITES/ev-emit NO_DEADLINE/ev-emit NO_BENEATH/ev-emit \
	NO_ESCAPER/ev-emit NO_ESCAPER/ev-tail READ_EOF/ev-tail \
	MOVE_FIRST/ev-tail SKIP_OLD/ev-tail \
	MERGE_SIDE/ev-git NO_HOOK_LIMIT/ev-git NO_PACKING/ev-fsck NO_PACKING/ev-emit \
	NO_TOMBS/ev-fsck NO_TOMBS/ev-emit NO_REJOIN/ev-fsck NO_REJOIN/ev-emit \
	NO_LEAVES/ev-fsck \
	NO_DIR_SYNC/ev-emit NO_DIR_SYNC/ev-fsck \
	NO_FSYNC/ev-emit NO_BOOT_ID/ev-emit NO_FSYNC/ev-fsck \
	NO_BOOT_ID/ev-fsck FEED_UNVERIFIED/ev-fsck NUMBERS_AGAIN/ev-emit \
	OPEN_DESCRIPTORS/ev-git INHERITED_SIGNALS/ev-git

fault-bin: $(FAULT_BIN:%=$(B)/fault/%) $(B)/fault/shim.so $(B)/fault/damage \
	$(B)/fault/collide $(COUNTED:%=$(B)/counted/bin/%)

mutants: $(foreach m,$(MUTANTS),$(B)/mutant/$(dir $m)bin/$(notdir $m)) \
	$(B)/mutant/RAW_NUL/damage $(B)/mutant/NO_ESCAPER/escape \
	$(B)/mutant/NO_UTF8/rfc8259 $(B)/mutant/SHORT_WRITES/store_faults \
	$(B)/counted/FIXED_HASH/ev-replay

$(B)/fault/kill: $(KILL_SRC:%=tests/fault/%.c)
$(B)/fault/inject: $(INJECT_SRC:%=tests/fault/%.c)
$(B)/fault/storm: $(STORM_SRC:%=tests/fault/%.c)
$(B)/fault/foreign: $(FOREIGN_SRC:%=tests/fault/%.c)

$(FAULT_BIN:%=$(B)/fault/%): $(wildcard tests/fault/*.h)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ \
		$(filter %.c,$^)

# It reads with the library; so does what a mutant's library makes of it.
$(B)/fault/damage $(B)/mutant/RAW_NUL/damage: \
		$(DAMAGE_SRC:%=tests/fault/%.c) $(B)/libev.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ \
		$(filter %.c,$^) $(DAMAGE_RULE) $(B)/libev.a $(LDLIBS)
$(B)/mutant/RAW_NUL/damage: DAMAGE_RULE = -DEV_MUTANT_RAW_NUL lib/json/token.c

$(B)/fault/collide: tests/fault/collide.c $(B)/libev.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LDLIBS)

# Commands whose work is counted in blocks of these wings' code.
COUNTED_SRC = $(wildcard lib/base/*.c lib/input/*.c lib/read/*.c \
	lib/replay/*.c lib/stats/*.c lib/tree/*.c)
COUNTED_OBJ = $(COUNTED_SRC:%.c=$(B)/counted/obj/%.o)

$(B)/counted/obj/%.o: %.c $(B)/obj/%.o
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -fsanitize-coverage=trace-pc -c -o $@ $<

$(B)/counted/FIXED_HASH/hash.o: lib/base/hash.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -DEV_MUTANT_FIXED_HASH -c -o $@ $<

$(B)/counted/bin/%: $(B)/obj/cmd/%.o tests/fault/count.c $(COUNTED_OBJ) \
		$(CMD_LIB) $(B)/libev.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LDLIBS)

$(B)/counted/FIXED_HASH/%: $(B)/obj/cmd/%.o tests/fault/count.c \
		$(B)/counted/FIXED_HASH/hash.o \
		$(filter-out %/base/hash.o,$(COUNTED_OBJ)) $(CMD_LIB) $(B)/libev.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LDLIBS)

$(B)/fault/shim.so: $(SHIM_SRC) tests/fault/shim.h
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -std=c11 $(WARN) -O2 -fPIC -shared -o $@ \
		$(SHIM_SRC) -ldl

.SECONDEXPANSION:
$(B)/mutant/%: $(B)/bin/$$(notdir $$*)
	@mkdir -p $(@D)
	rule=EV_MUTANT_$(firstword $(subst /, ,$*)) && \
	changed=$$(grep -lw $$rule lib/*/*.c $(CMD_SHARED)) && \
	$(CC) $(CPPFLAGS) -D$$rule $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ \
		$(B)/obj/cmd/$(@F).o $$changed $(CMD_LIB) $(B)/libev.a $(LDLIBS)

-include $(LIB_OBJ:.o=.d) $(wildcard $(B)/obj/cmd/*.d $(B)/tests/*.d \
	$(B)/bench/*.d)

# What is missing of the packages in P: installed by root, else named.
need = @missing=$$(for p in $(1); do \
		dpkg-query -W -f '$${Status}\n' "$$p" 2>/dev/null | \
		grep -q ' installed$$' || printf '%s ' "$$p"; \
	done); \
	if [ -n "$$missing" ]; then \
		if [ "$$(id -u)" -ne 0 ]; then \
			echo "missing packages: $$missing" >&2; \
			echo "install them as root: apt-get install $$missing" >&2; \
			exit 1; \
		fi; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends $$missing; \
	fi

deps:
	$(call need,$(PACKAGES_BUILD) $(PACKAGES_TEST))

deps-build:
	$(call need,$(PACKAGES_BUILD) git jq)

deps-lint:
	$(call need,$(PACKAGES_BUILD) $(PACKAGES_LINT) mandoc)

# Built after the packages are there, by a second make.
demo: deps-build
	@$(MAKE) -s all
	@EV_BIN=$(abspath $(B)/bin) sh share/demo.sh

check: deps
	@$(MAKE) -s B=$(B) all tests-bin fault-bin fuzz-bin mutants
	@EV_BIN=$(abspath $(B)/bin) EV_BUILD=$(abspath $(B)) \
		tests/run $(TESTS)

# A million events by 64 writers, a thousand of which are killed.
storm:
	@$(MAKE) -s B=$(B) all fault-bin
	@$(B)/fault/storm $(B)/bin/ev-emit

# The fault tests whole, where make check takes a sample; FAULTS: not all of
# them ("C3 C12").
trust: deps
	@$(MAKE) -s B=$(B) all tests-bin fault-bin fuzz-bin mutants
	@tests/fault/trust.sh $(B) $(FAULTS)

# Seconds for each target; TARGETS: not all of them.  An empty slice is
# { NULL, 0 }: NULL + 0, which clang minds, is no overflow (C2y, N3322).
fuzz:
	@if command -v clang >/dev/null; then \
		$(MAKE) -s fuzz-bin B=build/libfuzzer CC=clang CFLAGS='-O1 -g' \
			FUZZ_MAIN=-fsanitize=fuzzer \
			EXTRA='-fno-omit-frame-pointer -fno-sanitize-recover=all \
			-fsanitize=fuzzer-no-link,address,undefined \
			-fno-sanitize=pointer-overflow' && \
		tests/fuzz/run build/libfuzzer $(FUZZ_SECONDS) $(TARGETS); \
	else \
		echo 'make fuzz: skipped, no clang' >&2; \
	fi

asan: deps
	@$(MAKE) check B=build/asan EXTRA='-O1 -fno-omit-frame-pointer \
		-fsanitize=address,undefined -fno-sanitize-recover=all'

# Races between the threads of the readers.
tsan:
	@$(MAKE) -s all B=build/tsan EXTRA='-O1 -fno-omit-frame-pointer \
		-fsanitize=thread'
	@tests/fault/threads.sh build/tsan/bin

# The test programs and the commands in the suites under valgrind; SUITE/N:
# every Nth test of it.
VALGRIND_TESTS = lib fold output seal tail cursor/5 emit/6 exec/8 fp/6 fsck/7 \
	gep/4 ledger/5 parse/5 redact/4 replay/6 report/5 rotate/6 \
	rotate-read/4 spool/5 stats/6 tree/6
valgrind:
	@$(MAKE) -s all tests-bin
	@tests/fault/memory.sh $(B) $(VALGRIND_TESTS)

# What the tests (TESTS: some of them) execute of lib/.  The C tests come last: a
# command that is killed while it says what it has executed leaves a file that
# the next one begins anew.
COVERED = build/cover/covered.o
COVER_TESTS = $(notdir $(basename $(wildcard tests/*.bats))) lib
cover:
	@find build/cover -name '*.gcda' -delete 2>/dev/null; \
	mkdir -p $(dir $(COVERED)) && \
	$(CC) -c -o $(COVERED) tests/fault/covered.c && \
	GCOV_ERROR_FILE=/dev/null $(MAKE) check B=build/cover \
		CFLAGS='-O0 -g' EXTRA=--coverage \
		TESTS='$(or $(TESTS),$(COVER_TESTS))' \
		LDFLAGS='-Wl,--wrap=_exit,--wrap=raise $(COVERED)' || \
		echo 'cover: some tests failed' >&2
	@tests/fault/cover.sh $(if $(TESTS),--any) build/cover

lint: deps-lint
	@tests/lint

bench: deps
	@$(MAKE) -s B=$(B) all $(BENCH_BIN)
	@EV_BIN=$(abspath $(B)/bin) EV_BUILD=$(abspath $(B)) \
		tests/bench/run

# GOVERN's printed queries in a PostgreSQL of its own, against the reports.
postgres: all
	@EV_BIN=$(abspath $(B)/bin) tests/postgres/run

# Pictures of the pages, by chromium, to be looked at.
screenshots: all
	@EV_BIN=$(abspath $(B)/bin) tests/look/run $(B)/look

BASHDIR = $(PREFIX)/share/bash-completion/completions
ZSHDIR = $(PREFIX)/share/zsh/site-functions
FISHDIR = $(PREFIX)/share/fish/vendor_completions.d
SQLDIR = $(PREFIX)/share/ev/sql
DIALECTDIR = $(PREFIX)/share/ev/dialects

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(BASHDIR) \
		$(DESTDIR)$(ZSHDIR) $(DESTDIR)$(FISHDIR) $(DESTDIR)$(SQLDIR) \
		$(DESTDIR)$(DIALECTDIR)
	install -m 644 share/sql/*.sql $(DESTDIR)$(SQLDIR)
	install -m 644 share/dialects/*.json $(DESTDIR)$(DIALECTDIR)
	install -m 755 $(COMMANDS:%=$(B)/bin/%) $(DESTDIR)$(PREFIX)/bin
	install -m 644 completions/_ev $(DESTDIR)$(ZSHDIR)
	for c in $(COMMANDS); do \
		install -m 644 completions/ev.bash $(DESTDIR)$(BASHDIR)/$$c && \
		install -m 644 completions/ev.fish \
			$(DESTDIR)$(FISHDIR)/$$c.fish || exit 1; \
	done
	for p in $(PAGES); do \
		d=$(DESTDIR)$(PREFIX)/share/man/man$${p##*.} && \
		install -d $$d && install -m 644 $$p $$d || exit 1; \
	done

uninstall:
	rm -f $(COMMANDS:%=$(DESTDIR)$(PREFIX)/bin/%) \
		$(COMMANDS:%=$(DESTDIR)$(BASHDIR)/%) \
		$(COMMANDS:%=$(DESTDIR)$(FISHDIR)/%.fish) \
		$(DESTDIR)$(ZSHDIR)/_ev $(DESTDIR)$(SQLDIR)/*.sql \
		$(DESTDIR)$(DIALECTDIR)/*.json
	for p in $(PAGES:man/%=%); do \
		rm -f $(DESTDIR)$(PREFIX)/share/man/man$${p##*.}/$$p; \
	done

clean:
	rm -rf build

.PHONY: all asan bench check clean demo deps deps-build deps-lint fault-bin \
	fuzz fuzz-bin install lint mutants postgres cover screenshots storm tests-bin trust \
	tsan uninstall valgrind
.SECONDARY:
