// Nothing outlives halfopen, and halfopen outlives its broker.
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "base/signals.h"
#include "io/net/descendants.h"
#include "io/net/namespaces.h"
#include "io/net/process.h"
#include "io/net/text_file.h"
#include "stage.h"
#include "support/skip.h"

using namespace halfopen;
using namespace halfopen::io;
using namespace halfopen::io::testing;

namespace {

/// A process that has a broker, clients in a world and outside, and then waits.
struct Victim {
  pid_t process = 0;
  std::string said;  ///< "ready", or why not.
};

std::string start_clients(Stage& stage) {
  const bool worlds = stage.broker.abilities().packet_link();
  const std::string line = "trap '' TERM HUP; setsid sleep 1000 & echo ready; sleep 1000";
  static std::vector<Watched> kept;
  if (worlds) {
    kept.push_back(stage.spawn(bash(stage.make_world({{80}, {}}).id, line)));
    stage.wait_for_output(kept.back(), "ready");
  }
  kept.push_back(stage.spawn(bash(0, line)));
  stage.wait_for_output(kept.back(), "ready");
  return worlds ? "ready" : "no namespaces";
}

Victim start_victim(const BrokerOptions& options) {
  auto [reading, writing] = make_pipe();
  const pid_t process = check_system("start a process", ::fork());
  if (process == 0) {
    Stage stage(options);
    const std::string said = start_clients(stage);
    if (::write(writing.get(), said.data(), said.size()) < 0) ::_exit(1);
    writing.reset();
    ::pause();
    ::_exit(1);
  }
  writing.reset();
  Victim victim{process, std::string(64, '\0')};
  const ssize_t count = ::read(reading.get(), victim.said.data(), victim.said.size());
  victim.said.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  return victim;
}

/// The network namespaces that the processes are in, but ours.
std::vector<Descriptor> namespaces_of(const std::vector<pid_t>& processes) {
  std::vector<Descriptor> found;
  char ours[64] = {};
  REQUIRE(::readlink("/proc/self/ns/net", ours, sizeof ours - 1) > 0);
  for (const pid_t process : processes) {
    const std::string path = "/proc/" + std::to_string(process) + "/ns/net";
    char theirs[64] = {};
    if (::readlink(path.c_str(), theirs, sizeof theirs - 1) <= 0) continue;
    if (std::string(theirs) != ours) found.emplace_back(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  }
  return found;
}

/// Whether a device eth0 is in the namespace. False also where we may not look: only root may.
bool has_device(const Descriptor& network) {
  const pid_t process = check_system("start a process", ::fork());
  if (process == 0) {
    if (::setns(network.get(), CLONE_NEWNET) != 0) ::_exit(0);
    const std::string devices = read_file("/proc/self/net/dev").value_or("");
    ::_exit(devices.find("eth0") != std::string::npos ? 1 : 0);
  }
  int status = 0;
  ::waitpid(process, &status, 0);
  return WEXITSTATUS(status) != 0;
}

}  // namespace

TEST_CASE("after kill -9 of halfopen no process and no device is left") {
  for (const bool tun : {true, false}) {
    const Victim victim = start_victim({true, tun});
    if (victim.said != "ready") tests::skip(victim.said);
    const std::vector<pid_t> family = descendants_of(victim.process);
    REQUIRE(family.size() >= 5);
    const std::vector<Descriptor> networks = namespaces_of(family);
    const auto start = std::chrono::steady_clock::now();
    REQUIRE(::kill(victim.process, SIGKILL) == 0);
    CHECK(wait_until_gone(family));
    const auto gone = std::chrono::steady_clock::now();
    ::waitpid(victim.process, nullptr, 0);
    bool device = false;
    for (const Descriptor& network : networks) {
      for (int tries = 0; tries < 1000 && (device = has_device(network)); ++tries) ::usleep(10000);
      CHECK_FALSE(device);
    }
    INFO("gone after " << (gone - start).count() / 1000000 << " ms");
    if (gone - start > std::chrono::milliseconds(300)) WARN("it took more than 300 ms");
  }
}

TEST_CASE("a broker that goes takes its clients with it, before its destructor returns") {
  std::vector<pid_t> family;
  {
    Stage stage;
    start_clients(stage);
    family = descendants_of(::getpid());
    REQUIRE(family.size() >= 5);
  }
  const std::vector<pid_t> left = descendants_of(::getpid());
  CHECK(left.empty());
}

TEST_CASE("when the broker dies, requests fail and children have ended") {
  Stage stage(BrokerOptions{false, false});
  const pid_t broker = descendants_of(::getpid()).front();
  Watched client = stage.spawn(bash(0, "setsid sleep 1000 & echo ready; sleep 1000"));
  stage.wait_for_output(client, "ready");
  std::vector<pid_t> family = descendants_of(broker);
  std::erase_if(family, [](pid_t process) {
    return read_file("/proc/" + std::to_string(process) + "/comm") == "halfopen-closer\n";
  });
  REQUIRE(family.size() >= 3);
  ::kill(broker, SIGKILL);
  const Exit exit = stage.run_to_end(client);  // also: its pipes are closed, so it is dead
  CHECK(exit.code == -1);
  CHECK(exit.signal == SIGKILL);
  CHECK(exit.lost);
  CHECK_FALSE(stage.broker.alive());
  CHECK(stage.problem_of_spawn(bash(0, "true")) == "ask the broker: it has died");
  CHECK(stage.problem_of_world({}) == "ask the broker: it has died");
  stage.broker.signal(client.child.id, SIGTERM);
  stage.broker.close_later(Descriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC)));
  CHECK(wait_until_gone(family));
}

TEST_CASE(
    "a client that kills what is above it is ended all the same, and its neighbours are not") {
  Stage stage(BrokerOptions{false, false});
  Watched neighbour = stage.spawn(bash(0, "echo ready; read -r x; echo $x"));
  stage.wait_for_output(neighbour, "ready");
  Watched client = stage.spawn(
      bash(0, "setsid sleep 1000 & sleep 1000 & echo $! ready; kill -KILL $PPID; sleep 1000"));
  const Exit exit = stage.run_to_end(client);  // also: its pipes are closed, so it is dead
  CHECK(exit.lost);
  CHECK(stage.broker.alive());
  REQUIRE(::write(neighbour.child.input.get(), "typed\n", 6) == 6);
  CHECK(stage.run_to_end(neighbour).code == 0);
}

TEST_CASE("a client that kills what is above it at once has been started all the same") {
  Stage stage(BrokerOptions{false, false});
  for (int round = 0; round < 30; ++round) {
    Watched client = stage.spawn(bash(0, "kill -KILL $PPID; exec sleep 1000"));
    CHECK(stage.run_to_end(client).lost);
  }
}

TEST_CASE("the terminal's signals do not reach the broker or a client") {
  Stage stage(BrokerOptions{false, false});
  Watched client = stage.spawn(bash(0, "echo ready; read -r x; echo $x"));
  stage.wait_for_output(client, "ready");
  const pid_t group = ::getpgrp();
  for (const pid_t process : descendants_of(::getpid())) CHECK(::getpgid(process) != group);
  const pid_t broker = descendants_of(::getpid()).front();
  for (const int number : orders_to_end()) ::kill(broker, number);
  REQUIRE(::write(client.child.input.get(), "typed\n", 6) == 6);
  CHECK(stage.run_to_end(client).code == 0);
}

TEST_CASE("no stray signal ends the broker or what is above a client, and a client ignores none") {
  Stage stage(BrokerOptions{false, false});
  Watched client = stage.spawn(bash(0, "grep SigIgn /proc/self/status; read -r x; echo $x"));
  stage.wait_for_output(client, "SigIgn:\t0000000000000000");
  for (const pid_t process : descendants_of(::getpid())) {
    if (read_file("/proc/" + std::to_string(process) + "/comm").value_or("").find("halfopen") != 0)
      continue;  // the client
    for (const int number : strays()) ::kill(process, number);
    ::kill(process, SIGXFSZ);
  }
  REQUIRE(::write(client.child.input.get(), "typed\n", 6) == 6);
  CHECK(stage.run_to_end(client).code == 0);
}

TEST_CASE("without namespaces there are no worlds, and the reason is given") {
  Stage stage(BrokerOptions{false, true});
  const Abilities& abilities = stage.broker.abilities();
  CHECK_FALSE(abilities.packet_link());
  CHECK(abilities.why_not == "namespaces are switched off");
  CHECK(abilities.summary() == "no namespaces");
  CHECK(stage.problem_of_world({{80}, {}}) == "make a world: namespaces are switched off");
}
