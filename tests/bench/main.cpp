// halfopen-bench: measures halfopen and its peers and prints a table. It judges nothing: the exit
// code is 0 if everything could be measured. Run by tests/bench.sh.
//   halfopen-bench [--quick] [SECTION…]
#include <fmt/format.h>

#include <csignal>
#include <exception>
#include <map>
#include <string>
#include <vector>

#include "bench/sections.h"

namespace {

using namespace halfopen::bench;

struct Section {
  const char* name;
  void (*measure)(bool quick);
};

constexpr Section sections[] = {{"model", measure_model},
                                {"lateness", measure_lateness},
                                {"kernel", measure_kernel_view},
                                {"stream", measure_stream_link},
                                {"packet", measure_packet_throughput},
                                {"relay", measure_relay},
                                {"echo", measure_echo},
                                {"waiting", measure_waiting},
                                {"attempts", measure_attempts}};

int run(const std::vector<std::string>& wanted, bool quick) {
  int failures = 0;
  for (const Section& section : sections) {
    bool chosen = wanted.empty();
    for (const std::string& name : wanted) chosen = chosen || name == section.name;
    if (!chosen) continue;
    try {
      section.measure(quick);
    } catch (const std::exception& failure) {
      fmt::print(stderr, "halfopen-bench: {}: {}\n", section.name, failure.what());
      ++failures;
    }
  }
  return failures == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);
  if (count > 1 && std::string(words[1]) == "client") return client_command(count - 2, words + 2);
  std::vector<std::string> wanted;
  bool quick = false;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    bool known = word == "--quick";
    for (const Section& section : sections) known = known || word == section.name;
    if (!known) {
      fmt::print(stderr, "halfopen-bench: no section {}\n", word);
      return 2;
    }
    if (word == "--quick")
      quick = true;
    else
      wanted.push_back(word);
  }
  return run(wanted, quick);
}
