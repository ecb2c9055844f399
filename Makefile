# ev: event logs for the shell.
#
#	make		build the commands into build/bin
#	make demo	install what is missing, build, show the main job
#	make check	install what is missing, build, run all tests
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
ALL_LDFLAGS = -Wl,--as-needed -Wl,--gc-sections -Wl,-z,relro $(LDFLAGS)
LDLIBS = -lcjson -lnettle -lpcre2-8 -lzstd -lz -lutf8proc -pthread

PACKAGES_BUILD = gcc make libc6-dev libcjson-dev libnettle-dev \
	libpcre2-dev libzstd-dev zlib1g-dev libutf8proc-dev
PACKAGES_TEST = bats jq git zstd gzip python3 mandoc man-db zsh fish \
	bash-completion util-linux locales procps
PACKAGES_LINT = clang clang-tidy clang-format cppcheck shellcheck shfmt

COMMANDS = $(patsubst cmd/%.c,%,$(wildcard cmd/ev-*.c))
LIB_SRC = $(wildcard lib/*/*.c)
LIB_OBJ = $(LIB_SRC:%.c=$(B)/obj/%.o)
CMD_OBJ = $(B)/obj/cmd/cmd.o
TEST_SRC = $(wildcard tests/lib/*.c)
TEST_BIN = $(TEST_SRC:tests/lib/%.c=$(B)/tests/%)
BENCH_SRC = $(wildcard tests/bench/*.c)
BENCH_BIN = $(BENCH_SRC:tests/bench/%.c=$(B)/bench/%)
PAGES = $(wildcard man/*.[1-8])

all: $(COMMANDS:%=$(B)/bin/%)

$(B)/bin/%: $(B)/obj/cmd/%.o $(CMD_OBJ) $(B)/libev.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $(filter-out %.a,$^) \
		$(B)/libev.a $(LDLIBS)

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
		-MF $@.d -o $@ $< $(B)/libev.a $(LDLIBS)

$(B)/bench/%: tests/bench/%.c $(B)/libev.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(ALL_LDFLAGS) -MMD -MP -MF $@.d \
		-o $@ $< $(B)/libev.a $(LDLIBS)

-include $(LIB_OBJ:.o=.d) $(wildcard $(B)/obj/cmd/*.d $(B)/tests/*.d)

clean:
	rm -rf build

.PHONY: all clean tests-bin
.SECONDARY:
