#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "scratch.h"
#include "store/part.h"
#include "store/slot.h"
#include "test.h"

static struct ev_state
full(void)
{
	struct ev_state state;
	int i;

	ev_state_new(&state);
	state.m = 1234567890;
	state.fb = 234;
	state.fl = state.m - 234;
	state.mc = 0xdeadbeef;
	strcpy(state.last, "01a1f895-8497-7fd3-bb79-59f0ae4331fe");
	for (i = 0; i < EV_STATE_PARTS; i++)
		ev_state_use(&state, (struct ev_part){ 20000 + i, 7, 999999 });
	ev_state_use(&state, (struct ev_part){ EV_PART_REJECTED, 8, 5 });
	return state;
}

static void
test_slot(void)
{
	struct ev_state state = full(), back;
	char slot[EV_SLOT_SIZE];

	CHECK_INT(state.parts, EV_STATE_PARTS);
	ev_slot_format(&state, slot);
	CHECK(slot[EV_SLOT_SIZE - 1] == '\n');
	CHECK(memchr(slot, '\n', EV_SLOT_SIZE - 1) == NULL);
	CHECK(ev_slot_parse(&back, slot));
	CHECK_INT(back.parts, EV_STATE_PARTS);
	CHECK_INT(back.part[0].day, EV_PART_REJECTED);
	CHECK_INT(back.part[1].day, 20007);
	CHECK(ev_state_part(&back, 20000) == NULL);
	CHECK_INT(back.m, state.m);
	CHECK_INT(back.fl, state.fl);
	CHECK_INT(back.mc, state.mc);
	CHECK_STR(back.last, state.last);
	CHECK_STR(back.log, state.log);
	CHECK_STR(back.boot, state.boot);
	CHECK(!back.stale);
}

/* The largest numbers leave room for a step's partitions. */
static void
test_fit(void)
{
	const uint64_t most = 9999999999999;
	struct ev_state state = full(), back;
	char slot[EV_SLOT_SIZE];
	size_t i;

	state.seq = state.gen = 9999999999;
	state.m = state.base = state.fb = state.fl = most;
	state.floor = 47481;
	state.unforced = true;
	for (i = 0; i < state.parts; i++)
		state.part[i].n = most;
	ev_slot_format(&state, slot);
	CHECK(ev_slot_parse(&back, slot));
	CHECK(back.parts >= EV_STATE_FIT);
	CHECK_INT(back.part[EV_STATE_FIT - 1].n, most);
	CHECK_INT(back.floor, 47481);
	CHECK_INT(back.base, most);
	CHECK(back.unforced);

	/* no step is taken while these are set */
	state.packing = 47481;
	state.redact = state.rotating = true;
	ev_slot_format(&state, slot);
	CHECK(ev_slot_parse(&back, slot));
	CHECK_INT(back.packing, 47481);
	CHECK(back.redact);
	CHECK(back.rotating);
}

/* Any byte that changed makes the slot unsound. */
static void
test_damage(void)
{
	struct ev_state state = full(), back;
	char slot[EV_SLOT_SIZE], zeros[EV_SLOT_SIZE] = { 0 };
	size_t i, end = EV_SLOT_SIZE;
	int accepted = 0;

	ev_slot_format(&state, slot);
	while (slot[end - 2] == ' ')
		end--;
	for (i = 0; i < end - 1; i++) {
		slot[i] ^= 1;
		accepted += ev_slot_parse(&back, slot);
		slot[i] ^= 1;
	}
	CHECK_INT(accepted, 0);
	for (i = 0; i < end - 1; i++) {
		memset(slot + i, 0, EV_SLOT_SIZE - i);
		accepted += ev_slot_parse(&back, slot);
		ev_slot_format(&state, slot);
	}
	CHECK_INT(accepted, 0);
	CHECK(!ev_slot_parse(&back, zeros));
}

/* A slot with a right checksum around anything. */
static bool
parses(const char *body)
{
	char slot[EV_SLOT_SIZE + 1];
	struct ev_state back;
	int n;

	n = snprintf(slot, sizeof(slot), "%s,\"crc\":\"%08x\"}", body,
	    ev_crc32c(0, body, strlen(body)));
	memset(slot + n, ' ', EV_SLOT_SIZE - (size_t)n);
	slot[EV_SLOT_SIZE - 1] = '\n';
	return ev_slot_parse(&back, slot);
}

#define HEAD \
	"{\"v\":1,\"seq\":1,\"log\":\"l\",\"gen\":1,\"boot\":\"b\"," \
	"\"rv\":1,\"m\":0,\"mc\":\"00000000\",\"fb\":0,\"fl\":0," \
	"\"st\":0,\"w\":0,\"last\":\"\""

#define ROW "[\"2026-01-06\",1,\"00000000\"]"
#define ROWS8 ROW "," ROW "," ROW "," ROW "," ROW "," ROW "," ROW "," ROW

static void
test_hostile(void)
{
	CHECK(parses(HEAD ",\"p\":[]"));
	CHECK(parses(HEAD ",\"p\":[[\"2026-01-06\",1,\"00000000\"]]"));
	CHECK(parses(HEAD ",\"new\":{},\"p\":[]"));
	CHECK(!parses(HEAD ",\"p\":[[\"../../x\",1,\"00000000\"]]"));
	CHECK(!parses(HEAD ",\"p\":[[\"2026-02-30\",1,\"00000000\"]]"));
	CHECK(!parses(HEAD ",\"p\":[[\"2026-01-06\",-1,\"00000000\"]]"));
	CHECK(!parses(HEAD ",\"p\":[[\"2026-01-06\",1]]"));
	CHECK(!parses(HEAD ",\"p\":[[\"2026-01-06\",1,\"0\"]]"));
	CHECK(!parses(HEAD ",\"p\":[[\"2026-01-06\",1,\"0000000X\"]]"));
	CHECK(!parses(HEAD ",\"p\":[[\"2026-01-06\",1,2]]"));
	CHECK(!parses(HEAD ",\"p\":[[20060106,1,\"00000000\"]]"));
	CHECK(!parses(HEAD ",\"p\":[[\"2026-01-06\",1,\"00000000\",1]]"));
	CHECK(!parses(HEAD ",\"p\":[\"2026-01-06\"]"));
	CHECK(!parses(HEAD ",\"p\":[[]]"));
	CHECK(!parses(HEAD ",\"p\":[[\"2026-01-06\"]]"));
	CHECK(!parses(HEAD ",\"p\":[{\"a\":1}]"));
	CHECK(parses(HEAD ",\"p\":[" ROWS8 "]"));
	CHECK(!parses(HEAD ",\"p\":[" ROWS8 "," ROW "]"));
	CHECK(!parses(HEAD ",\"p\":[],\"fd\":\"x\""));
	CHECK(!parses(HEAD ",\"p\":[],\"fd\":-1"));
	CHECK(!parses(HEAD ",\"p\":{}"));
	CHECK(!parses(HEAD));
	CHECK(!parses("{\"v\":2"));
	CHECK(!parses("[1"));
	CHECK(!parses(""));
}

/* Each member that is needed, with a value that it cannot have. */
static void
test_values(void)
{
	static const char *const wrong[] = {
		"\"v\":\"1\"",
		"\"v\":2",
		"\"seq\":\"1\"",
		"\"seq\":1.5",
		"\"seq\":-1",
		"\"log\":1",
		"\"log\":\"0123456789abcdef0\"",
		"\"mc\":\"0\"",
		"\"mc\":\"0000000g\"",
		"\"mc\":0",
		"\"st\":\"0\"",
		"\"st\":null",
		"\"w\":{}",
		"\"last\":\"01a1f895-8497-7fd3-bb79-59f0ae4331fe0\"",
	};
	char body[600];
	size_t i;

	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		/* the last of equal members would count */
		snprintf(body, sizeof(body), HEAD ",\"p\":[],%s", wrong[i]);
		CHECK(!parses(body));
	}
}

static void
test_turns(void)
{
	struct ev_state state = full(), back;
	char junk[EV_SLOT_SIZE] = "junk";
	int fd, i;

	fd = open(scratch("state"), O_RDWR | O_CREAT, 0600);
	CHECK_INT(ev_slot_read(fd, &back), 0);
	for (i = 0; i < 5; i++) {
		state.m++;
		CHECK_INT(ev_slot_write(fd, &state), 0);
		CHECK_INT(ev_slot_read(fd, &back), 1);
		CHECK_INT(back.m, state.m);
	}
	/* the newest is torn: the one before counts */
	CHECK(pwrite(fd, junk, 100, (off_t)(state.seq % 2) * EV_SLOT_SIZE) ==
	    100);
	CHECK_INT(ev_slot_read(fd, &back), 1);
	CHECK_INT(back.m, state.m - 1);
	CHECK(ftruncate(fd, 700) == 0);
	CHECK(ev_slot_read(fd, &back) >= 0);
	close(fd);
}

/* Which of two is the newer one is told by their first bytes, whatever
 * follows; where that is wrong both are tried. */
static void
test_which(void)
{
	static const char *const heads[] = { "{\"v\":1,\"seq\":",
		"{\"v\":1,\"seq\":9\"", "{\"v\":1,\"seq\":9}",
		"{\"v\":1,\"seq\":99999999999999999999999999999999" };
	struct ev_state state = full(), back;
	char blank[EV_SLOT_SIZE];
	int fd = open(scratch("state"), O_RDWR | O_CREAT | O_TRUNC, 0600);
	size_t i, turn;

	for (turn = 0; turn < 2; turn++) {
		CHECK_INT(ev_slot_write(fd, &state), 0);
		for (i = 0; i < 4; i++) {
			memset(blank, ' ', sizeof(blank));
			memcpy(blank, heads[i], strlen(heads[i]));
			blank[EV_SLOT_SIZE - 1] = '\n';
			CHECK(pwrite(fd, blank, sizeof(blank),
				  (off_t)((state.seq + 1) % 2) *
				      EV_SLOT_SIZE) == EV_SLOT_SIZE);
			CHECK_INT(ev_slot_read(fd, &back), 1);
			CHECK_INT(back.seq, state.seq);
		}
	}
	memset(blank, ' ', sizeof(blank) - 1);
	CHECK(!ev_slot_parse(&back, blank));
	close(fd);
}

static void
test_names(void)
{
	static const char *const none[] = { "", "2026-1-06", "2026-01-6",
		"1999-12-31", "2100-01-01", "2026-13-01", "2026-00-10",
		"2026-01-00", "2025-02-29", "2026-01-06.jsonl", "20260106",
		"2026/01/06", "2026-01-0/", "2026-01-0:", "rejecte" };
	char name[EV_PART_SIZE];
	int32_t day;
	size_t i;

	for (i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		CHECK(!ev_part_parse(ev_slice_of(none[i]), &day));
	CHECK(ev_part_parse(EV_SLICE("2024-02-29"), &day));
	ev_part_file(day, name);
	CHECK_STR(name, "2024-02-29.jsonl");
	CHECK(ev_part_file_parse(name, &day));
	CHECK(!ev_part_file_parse("2024-02-29.jsonl.zst", &day));
	CHECK(!ev_part_file_parse("rejected.jsonl", &day));
	CHECK(ev_part_file_parse("rejected.log", &day));
	CHECK_INT(day, EV_PART_REJECTED);
	CHECK(ev_part_packed_parse("2024-02-29.jsonl.zst", &day));
	CHECK(!ev_part_packed_parse("2024-02-30.jsonl.zst", &day));
	CHECK(!ev_part_packed_parse("2024-02-29.jsonl", &day));
	CHECK(!ev_part_packed_parse("rejected.log.zst", &day));
	CHECK(!ev_part_packed_parse(".zst", &day));
	CHECK_INT(
	    ev_part_day((struct timespec){ 946684799, 0 }), EV_PART_REJECTED);
	CHECK_INT(ev_part_day((struct timespec){ 946684800, 0 }), 10957);
	CHECK_INT(ev_part_day((struct timespec){ 4102444799, 0 }), 47481);
	CHECK_INT(
	    ev_part_day((struct timespec){ 4102444800, 0 }), EV_PART_REJECTED);
	CHECK_INT(ev_part_day((struct timespec){ -1, 0 }), EV_PART_REJECTED);
}

int
main(void)
{
	scratch_begin();
	test_slot();
	test_fit();
	test_damage();
	test_hostile();
	test_values();
	test_turns();
	test_which();
	test_names();
	scratch_end();
	return test_end();
}
