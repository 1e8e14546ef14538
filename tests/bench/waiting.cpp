// Many runs that only wait, at once: how much longer than one they take, and what memory one more
// of them costs. Runs the real program with a folder of generated scenarios.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/error.h"
#include "bench/job.h"
#include "bench/sections.h"
#include "bench/table.h"
#include "bench/tcp.h"
#include "io/host.h"
#include "support/places.h"

namespace halfopen::bench {
namespace {

namespace fs = std::filesystem;

void write_scenarios(const std::string& folder, int runs, int seconds) {
  for (int n = 1; n <= runs; ++n)
    std::ofstream(fmt::format("{}/waits-{:03}.toml", folder, n)) << fmt::format(
        "about = \"The server says nothing for {0} s.\"\n\n[[attempt]]\nsteps = [{{ "
        "wait = \"{0}s\" }}]\n\n[expect]\nattempts = 1\nsettle = \"0s\"\n"
        "within = \"{1}s\"\n",
        seconds, seconds + 30);
}

/// A line of /proc/PID/FILE in KiB: "VmHWM:  1234 kB"; 0 if the process is gone.
double kib(int process, const char* file, const std::string& key) {
  std::ifstream stream(fmt::format("/proc/{}/{}", process, file));
  for (std::string line; std::getline(stream, line);)
    if (line.starts_with(key + ":")) return std::stod(line.substr(key.size() + 1));
  return 0;
}

std::string name_of(int process) {
  std::string name;
  std::ifstream(fmt::format("/proc/{}/comm", process)) >> name;
  return name;
}

/// The processes below that one, by /proc/PID/task/PID/children.
void add_descendants(int process, std::set<int>& found) {
  std::ifstream children(fmt::format("/proc/{0}/task/{0}/children", process));
  for (int child = 0; children >> child;)
    if (found.insert(child).second) add_descendants(child, found);
}

/// The most that was seen, in KiB.
struct Memory {
  double halfopen = 0;  ///< The peak of its resident memory, by the kernel.
  double clients = 0;   ///< Proportional share, so that pages which many have in common count once.
  double helpers = 0;   ///< The same of the broker and the clients' inits.
  int most_clients = 0;

  void look(int process) {
    halfopen = std::max(halfopen, kib(process, "status", "VmHWM"));
    std::set<int> below;
    add_descendants(process, below);
    double client_sum = 0;
    double helper_sum = 0;
    int count = 0;
    for (const int each : below) {
      const bool client = name_of(each) == "halfopen-refere";  // the kernel keeps 15 characters
      (client ? client_sum : helper_sum) += kib(each, "smaps_rollup", "Pss");
      if (client) ++count;
    }
    clients = std::max(clients, client_sum);
    helpers = std::max(helpers, helper_sum);
    most_clients = std::max(most_clients, count);
  }
};

struct Batch {
  int runs;
  double taken = 0;  ///< In seconds.
  Memory memory{};
};

Batch wait_at_once(int runs, int seconds) {
  const io::TemporaryFolder folder;
  write_scenarios(folder.path(), runs, seconds);
  const std::string program = fs::read_symlink("/proc/self/exe").parent_path() / "halfopen";
  Batch batch{runs};
  const double start = seconds_now();
  Job job(std::vector<std::string>{program, "run", folder.path(), "--client",
                                   tests::in_tree("clients/reference"), "--jobs", "200",
                                   "--quiet"});
  while (job.running()) {
    batch.memory.look(job.process());
    usleep(250'000);
  }
  batch.taken = seconds_now() - start;
  if (job.exit_code() != 0)
    throw Error("run halfopen", fmt::format("exit code {}", job.exit_code()));
  return batch;
}

}  // namespace

void measure_waiting(bool quick) {
  const int seconds = quick ? 3 : 10;
  const Batch few = wait_at_once(quick ? 5 : 20, seconds);
  const Batch many = wait_at_once(quick ? 20 : 100, seconds);
  heading(fmt::format("{} runs at once that wait for {} s, reference client", many.runs, seconds));
  row("whole time over the longest wait", fmt::format("{:.2f}", many.taken / seconds), "≤ 1.2",
      many.taken / seconds <= 1.2);
  row("clients seen at once", std::to_string(many.memory.most_clients));
  const auto one_more = [&](double Memory::*part) {
    return fmt::format("{:.0f} KiB",
                       (many.memory.*part - few.memory.*part) / (many.runs - few.runs));
  };
  row("one more run costs: memory of halfopen (VmHWM)", one_more(&Memory::halfopen));
  row("one more run costs: the broker and its init (Pss)", one_more(&Memory::helpers));
  row("one more run costs: its client (Pss)", one_more(&Memory::clients));
}

}  // namespace halfopen::bench
