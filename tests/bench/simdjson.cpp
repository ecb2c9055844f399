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

// What a log of several dialects calls the type, as our table says.
static std::string_view type_of(ondemand::object &event)
{
	std::string_view type;
	for (auto field : event) {
		std::string_view key = field.unescaped_key();
		if (key == "event_type" || key == "kind" || key == "type") {
			if (field.value().get_string().get(type) == SUCCESS)
				return type;
		}
	}
	return type;
}

static std::string_view time_of(ondemand::object &event)
{
	static const char *const names[] = { "timestamp", "created_at",
		"createdAt", "ts" };
	std::string_view time;
	for (auto name : names)
		if (event[name].get_string().get(time) == SUCCESS)
			return time;
	return {};
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
		if (!mean) {
			std::string_view type = type_of(event);
			if (!filter) {
				counts[std::string(type)]++;
				continue;
			}
			if (type.substr(0, 5) != "bead.")
				continue;
			event.reset();
			if (time_of(event) >= "2026-01-10") {
				std::string_view line = it.source();
				fwrite(line.data(), 1, line.size(), stdout);
				putchar('\n');
			}
			continue;
		}
		std::string_view type;
		uint64_t ms;
		double severity;
		if (event["type"].get_string().get(type) != SUCCESS ||
		    type != "TestFailure" ||
		    event["severity"].get_double().get(severity) != SUCCESS ||
		    event["timestamp"].get_uint64().get(ms) != SUCCESS)
			continue;
		auto &day = days[std::to_string(ms / 86400000)];
		day.first++;
		day.second += severity;
	}
	for (auto &c : counts)
		printf("%7zu %s\n", c.second, c.first.c_str());
	for (auto &d : days)
		printf("%7zu %s %.4f\n", d.second.first, d.first.c_str(),
		    d.second.second / (double)d.second.first);
	return 0;
}
