// kill -9 of halfopen in mid-run: no process, network namespace or device is left, whatever its
// client has started.
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "io/net/descendants.h"
#include "io/net/process.h"
#include "support/machine.h"
#include "support/program.h"
#include "support/scratch.h"
#include "support/skip.h"

using namespace halfopen;
using namespace halfopen::e2e;

namespace {

namespace fs = std::filesystem;

const std::string waiting_scenario =
    "about = \"The connection just lives.\"\n"
    "[expect]\n"
    "attempts = 1\n"
    "gives_up = true\n"
    "within = \"5m\"\n";

std::string contents(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

/// What "/proc/PROCESS/ns/net" points at, "net:[4026531840]".
std::string network_of(const std::string& process) {
  std::error_code failed;
  return fs::read_symlink("/proc/" + process + "/ns/net", failed).string();
}

/// All processes whose command line has the mark, or who are in one of the networks.
std::vector<std::string> related(const std::string& mark, const std::set<std::string>& networks) {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::string process = entry.path().filename();
    if (!std::all_of(process.begin(), process.end(), ::isdigit)) continue;
    const std::string command = contents(entry.path() / "cmdline");
    if (command.find(mark) != std::string::npos || networks.contains(network_of(process)))
      found.push_back(process + " " + command);
  }
  return found;
}

/// Namespaces that are kept alive by a mount, as `ip netns` does it.
std::size_t mounted_namespaces() {
  const std::string mounts = contents("/proc/self/mountinfo");
  std::size_t count = 0;
  for (std::size_t at = mounts.find(" nsfs "); at != std::string::npos;
       at = mounts.find(" nsfs ", at + 1))
    ++count;
  return count;
}

std::set<std::string> devices() {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator("/sys/class/net"))
    names.insert(entry.path().filename());
  return names;
}

/// A run in the middle, its family and their networks.
class Victim {
 public:
  Victim(const std::string& link, std::vector<std::string> through) : mark_(scratch_.path()) {
    Start start;
    start.through = std::move(through);
    start.environment = {{"TMPDIR", scratch_.path()}};  // its files are not the point
    start.arguments = {"run",      scratch_.write("wait.toml", waiting_scenario),
                       "--client", helper("family.py " + scratch_.path("ready") + " " + mark_),
                       "--link",   link};
    program_ = std::make_unique<Program>(start);
    started_ = eventually([&] { return fs::exists(scratch_.path("ready")); });
    for (const pid_t process : io::descendants_of(program_->id())) {
      family_.push_back(io::process_descriptor(process));
      networks_.insert(network_of(std::to_string(process)));
    }
    networks_.erase(network_of("self"));
    networks_.erase("");
  }

  [[nodiscard]] bool started() const { return started_; }
  [[nodiscard]] std::size_t family() const { return family_.size(); }
  [[nodiscard]] std::size_t networks() const { return networks_.size(); }
  [[nodiscard]] std::string said() const { return program_->out() + program_->err(); }

  /// Kills the broker, the program's first child, and waits for what the program makes of it.
  Ended kill_broker() {
    for (const pid_t process : io::descendants_of(program_->id()))
      if (contents("/proc/" + std::to_string(process) + "/comm") == "halfopen-broker\n")
        ::kill(process, SIGKILL);
    return program_->wait();
  }
  void kill() {
    program_->signal(SIGKILL);
    program_->wait();
  }
  /// Whether all of the family has ended, in ten seconds at most.
  [[nodiscard]] bool family_gone() const {
    return std::all_of(family_.begin(), family_.end(), [](const Descriptor& process) {
      pollfd polled{process.get(), POLLIN, 0};
      return !process || ::poll(&polled, 1, 10'000) == 1;
    });
  }
  [[nodiscard]] std::vector<std::string> left() const { return related(mark_, networks_); }

 private:
  Scratch scratch_;
  std::string mark_;
  std::unique_ptr<Program> program_;
  bool started_ = false;
  std::vector<Descriptor> family_;
  std::set<std::string> networks_;
};

void check_nothing_is_left(Victim& victim) {
  const std::size_t mounts = mounted_namespaces();
  const std::set<std::string> before = devices();
  INFO(victim.said());
  REQUIRE(victim.started());
  // The broker, the client, its three descendants, and the one without a parent.
  REQUIRE(victim.family() >= 6);
  REQUIRE_FALSE(victim.left().empty());
  victim.kill();
  CHECK(victim.family_gone());
  CHECK(eventually([&] { return victim.left().empty(); }, std::chrono::seconds(10)));
  for (const std::string& process : victim.left()) UNSCOPED_INFO("left: " << process);
  CHECK(victim.left().empty());
  CHECK(mounted_namespaces() <= mounts);
  for (const std::string& device : devices()) CHECK(before.contains(device));
}

}  // namespace

TEST_CASE("kill -9 with a packet link") {
  if (!has_packet_link()) return;
  Victim victim("packet", {});
  CHECK(victim.networks() >= 1);
  check_nothing_is_left(victim);
}

TEST_CASE("kill -9 with a packet link, unprivileged") {
  if (!has_packet_link()) return;
  if (::geteuid() != 0) return halfopen::tests::skip("the tests do not run as root");
  const Scratch scratch;
  const Start readable = readable_by_all(scratch);
  std::vector<std::string> through = as_nobody();
  through.insert(through.end(), {"sh", "-c", "shift; exec " + readable.program + " \"$@\"", "sh"});
  Victim victim("packet", through);
  check_nothing_is_left(victim);
}

TEST_CASE("kill -9 with a stream link") {
  Victim victim("stream", {});
  check_nothing_is_left(victim);
}

TEST_CASE("kill -9 where there are no namespaces at all") {
  const std::vector<std::string> through = without_namespaces();
  if (through.empty()) return;
  Victim victim("stream", through);
  check_nothing_is_left(victim);
}

TEST_CASE("kill -9 of the broker is an error, and no failure of the client's") {
  const std::string link = GENERATE("packet", "stream");
  if (link == "packet" && !has_packet_link()) return;
  Victim victim(link, {});
  INFO(victim.said());
  REQUIRE(victim.started());
  const Ended ended = victim.kill_broker();
  INFO(ended.whole());
  CHECK(ended.in_time);
  CHECK(ended.code == 5);
  CHECK(ended.out.find("! error: halfopen's broker has died") != std::string::npos);
  CHECK(ended.err.find("broker has died") != std::string::npos);
  CHECK(victim.family_gone());
}

TEST_CASE("a run that ends takes the client's whole family with it") {
  const std::string link = GENERATE("packet", "stream");
  if (link == "packet" && !has_packet_link()) return;
  const Scratch scratch;
  const Ended ended =
      run_halfopen({"run",
                    scratch.write("quick.toml",
                                  "about = \"One connection.\"\n"
                                  "[expect]\n"
                                  "attempts = 1\n"),
                    "--client", helper("family.py " + scratch.path("ready") + " " + scratch.path()),
                    "--link", link});
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK(fs::exists(scratch.path("ready")));
  CHECK(related(scratch.path("ready"), {}).empty());
}
