// What one more attempt costs after thousands of them: connections one after another in one run of
// the real program over the stream link.
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "bench/job.h"
#include "bench/sections.h"
#include "bench/table.h"
#include "io/host.h"

namespace halfopen::bench {
namespace {

namespace fs = std::filesystem;

constexpr int few = 500;
constexpr int many = 4000;

/// Processor time of all processes that were waited for.
double seconds_of_children() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// The processor time of a run in which a client connects so often: halfopen, its broker, the
/// client.
double seconds_for(int attempts, const std::string& scenario) {
  const fs::path self = fs::read_symlink("/proc/self/exe");
  const std::string client =
      fmt::format("{} client attempts 127.0.0.1 {{port}} {}", self.string(), attempts);
  const double before = seconds_of_children();
  Job job(std::vector<std::string>{self.parent_path() / "halfopen", "run", scenario, "--client",
                                   client, "--link", "stream", "--quiet"});
  while (job.running()) usleep(10'000);
  if (job.exit_code() != 0)
    throw Error("run halfopen", fmt::format("exit code {}", job.exit_code()));
  return seconds_of_children() - before;
}

}  // namespace

void measure_attempts(bool quick) {
  heading("Connections one after another in one run, stream link");
  const io::TemporaryFolder folder;
  const std::string scenario = folder.path() + "/attempts.toml";
  std::ofstream(scenario) << "about = \"A client comes again and again.\"\n[expect]\nattempts = "
                             "\"1..\"\nwaive = [\"no-hot-loop\", \"fresh-key\"]\nclient = { exit = "
                             "0 }\nwithin = \"2m\"\n";
  std::vector<double> times;
  for (int round = 0; round < (quick ? 1 : 5); ++round)
    times.push_back(seconds_for(many, scenario) / seconds_for(few, scenario));
  row(fmt::format("processor time of {} over that of {}", many, few),
      fmt::format("{:.1f}", median(times)), "≤ 8.5", median(times) <= 8.5);
}

}  // namespace halfopen::bench
