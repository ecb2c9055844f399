// The bench's jobs by simdjson on-demand (which does not validate what it
// skips): simdjson COUNT|FILTER|MEAN FILE.
#include <cstdio>
#include <cstring>
#include <map>
#include <fcntl.h>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unordered_map>

using namespace simdjson;

// What is looked at of an event, in one pass over its fields.
struct seen {
	std::string_view type, time;
	double severity = -1;
	uint64_t ms = 0;
};

static void look(ondemand::object &event, seen &s, bool all)
{
	for (auto field : event) {
		std::string_view key = field.unescaped_key();
		if (key == "event_type" || key == "kind" || key == "type") {
			if (field.value().get_string().get(s.type) == SUCCESS &&
			    !all)
				return;
		} else if (!all) {
			continue;
		} else if (key == "timestamp" || key == "created_at" ||
		    key == "createdAt" || key == "ts") {
			ondemand::value value = field.value();
			if (value.get_string().get(s.time) != SUCCESS &&
			    value.get_uint64().get(s.ms) != SUCCESS)
				s.ms = 0;
		} else if (key == "severity") {
			if (field.value().get_double().get(s.severity) !=
			    SUCCESS)
				s.severity = -1;
		}
	}
}

// The file mapped, with SIMDJSON_PADDING readable bytes behind it.
static const char *map(const char *name, size_t *size)
{
	int fd = open(name, O_RDONLY);
	struct stat st;
	if (fd == -1 || fstat(fd, &st) == -1)
		return nullptr;
	*size = (size_t)st.st_size;
	void *room = mmap(nullptr, *size + 4096 + SIMDJSON_PADDING, PROT_READ,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (room == MAP_FAILED || mmap(room, *size, PROT_READ,
	    MAP_PRIVATE | MAP_FIXED | MAP_POPULATE, fd, 0) == MAP_FAILED)
		return nullptr;
	return (const char *)room;
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	size_t size;
	const char *text = map(argv[2], &size);
	if (text == nullptr)
		return 2;
	ondemand::parser parser;
	ondemand::document_stream stream;
	if (parser.iterate_many(text, size, 8 << 20).get(stream) != SUCCESS)
		return 2;
	std::unordered_map<std::string, size_t> counts;
	std::map<std::string, std::pair<size_t, double>> days;
	bool filter = strcmp(argv[1], "FILTER") == 0;
	bool mean = strcmp(argv[1], "MEAN") == 0;
	for (auto it = stream.begin(); it != stream.end(); ++it) {
		ondemand::object event;
		auto document = *it;
		if (document.get_object().get(event) != SUCCESS)
			continue;
		seen s;
		look(event, s, filter || mean);
		if (filter) {
			if (s.type.substr(0, 5) == "bead." &&
			    s.time >= "2026-01-10") {
				std::string_view line = it.source();
				fwrite(line.data(), 1, line.size(), stdout);
				putchar('\n');
			}
		} else if (!mean) {
			counts[std::string(s.type)]++;
		} else if (s.type == "TestFailure" && s.severity >= 0) {
			auto &day = days[std::to_string(s.ms / 86400000)];
			day.first++;
			day.second += s.severity;
		}
	}
	for (auto &c : counts)
		printf("%7zu %s\n", c.second, c.first.c_str());
	for (auto &d : days)
		printf("%7zu %s %.4f\n", d.second.first, d.first.c_str(),
		    d.second.second / (double)d.second.first);
	return 0;
}
