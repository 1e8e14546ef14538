// `halfopen judge`: how it exits, by what the traces tell.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "cli/captured.h"
#include "cli/commands.h"
#include "trace/codec.h"

using namespace halfopen;
using namespace halfopen::tests;
namespace fs = std::filesystem;

namespace {

class Traces {
 public:
  Traces() { fs::create_directories(folder_); }
  Traces(const Traces&) = delete;
  ~Traces() { fs::remove_all(folder_); }

  /// A run of that seed, in which that happened.
  void save(const std::string& name, std::vector<trace::Event> events,
            std::uint64_t seed = 1) const {
    trace::Trace trace;
    trace.header.scenario = "retries";
    trace.header.scenario_file = "retries.toml";
    trace.header.scenario_text = "about = \"It waits.\"\n[expect]\ngrowing = false\n";
    trace.header.client = trace.header.client_given = "ours";
    trace.header.seed = seed;
    trace.header.link = "stream";
    trace.events = std::move(events);
    write(name, trace::to_text(trace));
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  [[nodiscard]] Captured judge(std::vector<std::string> words) const {
    words.insert(words.begin(), "judge");
    return run_command(cli::add_judge, words, folder_.string());
  }

 private:
  fs::path folder_ = fs::temp_directory_path() / ("halfopen-judge-" + std::to_string(getpid()));
};

/// A run that could not be carried out.
std::vector<trace::Event> broken(bool own) {
  return {{{}, 0, 0, trace::Broken{"a helper process has died", own}},
          {{}, 0, 0, trace::Over{trace::Ended::broken}}};
}

/// Attempts that are refused, so many milliseconds apart.
std::vector<trace::Event> apart(std::initializer_list<int> gaps) {
  std::vector<trace::Event> events;
  Duration at{};
  int number = 0;
  const auto refused = [&] {
    ++number;
    events.push_back({at, number, 0, trace::AttemptBegins{"a", trace::Port::closed}});
    events.push_back({at, number, 0, trace::EndVisible{trace::End::reset, 0}});
    events.push_back({at, number, 0, trace::AttemptOver{}});
  };
  refused();
  for (const int gap : gaps) {
    at += std::chrono::milliseconds(gap);
    refused();
  }
  events.push_back({at + std::chrono::seconds(1), 0, 0, trace::Over{trace::Ended::time}});
  return events;
}

}  // namespace

TEST_CASE(
    "judge, 5: a saved run of which a helper of halfopen's died is no fault of the client's") {
  const Traces traces;
  traces.save("own.jsonl", broken(true));
  traces.save("theirs.jsonl", broken(false));
  traces.write("torn.jsonl", "{");
  CHECK(traces.judge({"own.jsonl"}).exit_code == cli::internal);
  CHECK(traces.judge({"theirs.jsonl"}).exit_code == cli::bad_scenario);
  CHECK(traces.judge({"theirs.jsonl", "own.jsonl"}).exit_code == cli::internal);
  CHECK(traces.judge({"own.jsonl", "torn.jsonl"}).exit_code == cli::internal);
}

TEST_CASE("judge, 4: gaps that do not tell are nothing judged") {
  const Traces traces;
  traces.save("one.jsonl", apart({1000, 1150, 850, 1100, 950}));
  const Captured ran = traces.judge({"one.jsonl"});
  CHECK(ran.exit_code == cli::undecided);
  CHECK_THAT(ran.out, Catch::Contains("growing is not decided"));
}

TEST_CASE("judge: traces of several seeds are judged together") {
  const Traces traces;
  traces.save("1.jsonl", apart({1000, 1150, 850, 1100, 950}), 1);
  traces.save("2.jsonl", apart({900, 1180, 1020, 820, 1100}), 2);
  traces.save("3.jsonl", apart({1120, 880, 1000, 1190, 930}), 3);
  traces.save("4.jsonl", apart({840, 1050, 1160, 900, 1000}), 4);
  const Captured ran = traces.judge({"1.jsonl", "2.jsonl", "3.jsonl", "4.jsonl"});
  CHECK(ran.exit_code == cli::all_passed);
  CHECK_THAT(ran.out, Catch::Contains("4 runs: 4 pass"));
}
