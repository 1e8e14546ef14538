// Runs of a batch that end faster than they can be judged.
#include "cli/batch.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <thread>

#include "cli/captured.h"
#include "cli/clients.h"
#include "scenario/loader.h"

using namespace halfopen;
using namespace halfopen::cli;
namespace fs = std::filesystem;

namespace {

/// How many clients had started when each of three runs was about to be judged, which takes long.
std::vector<int> started_before_judging(std::size_t most_waiting) {
  const fs::path folder =
      fs::temp_directory_path() / ("halfopen-batch-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const auto scenario = scenario::load_scenario(
      "about = \"It is gone at once.\"\n[expect]\nattempts = 0\n", "gone.toml");
  REQUIRE(scenario.value);
  const scenario::Client client = find_client("mktemp -p " + folder.string());
  std::vector<int> started;
  BatchOptions options;
  options.link = LinkChoice::stream;
  options.jobs = 1;
  options.lines = false;
  options.most_waiting = most_waiting;
  options.on_end = [&](std::size_t, const trace::Trace&) {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    started.push_back(
        static_cast<int>(std::distance(fs::directory_iterator(folder), fs::directory_iterator())));
  };
  const std::vector<Pair> pairs(3, {&*scenario.value, &client});
  const BatchOutcome outcome = run_batch(pairs, options);
  CHECK(outcome.ended == 3);
  fs::remove_all(folder);
  return started;
}

}  // namespace

TEST_CASE("no run starts while too much of those that have ended is still to be judged") {
  CHECK(started_before_judging(0) == std::vector{1, 2, 3});
}
