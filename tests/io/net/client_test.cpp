// Clients: their streams, environment and files, how they are signalled and how they end.
#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "io/net/client_files.h"
#include "io/net/descendants.h"
#include "io/net/text_file.h"
#include "stage.h"
#include "support/skip.h"

using namespace halfopen;
using namespace halfopen::io;
using namespace halfopen::io::testing;

namespace {

/// Does the work with a client outside of worlds, and in one where the machine allows that.
void in_and_outside(const std::function<void(Stage&, int)>& work) {
  SECTION("outside") {
    Stage stage(BrokerOptions{false, false});
    work(stage, 0);
  }
  SECTION("in a world") {
    Stage stage;
    if (no_worlds(stage)) return;
    work(stage, stage.make_world({{80}, {}}).id);
  }
}

/// Whether a process of this test is stopped: state T in /proc/PID/stat.
bool somebody_is_stopped() {
  for (const pid_t process : descendants_of(::getpid())) {
    const auto stat = read_file("/proc/" + std::to_string(process) + "/stat");
    if (stat && stat->find(") T ") != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a client's environment, directory and streams are as they were given") {
  in_and_outside([](Stage& stage, int world) {
    SpawnRequest request = bash(world, "env; pwd; cat; echo oops >&2; exit 3");
    request.environment.emplace_back("NAME", "va lue\xff");
    request.directory = "/usr";
    Watched client = stage.spawn(request);
    REQUIRE(::write(client.child.input.get(), "typed\n", 6) == 6);
    client.child.input.reset();
    const Exit exit = stage.run_to_end(client);
    CHECK(exit.code == 3);
    CHECK(exit.signal == 0);
    CHECK(client.errors == "oops\n");
    CHECK(client.output.find("NAME=va lue\xff\n") != std::string::npos);
    CHECK(client.output.find("HOME=") == std::string::npos);
    CHECK(client.output.find("/usr\ntyped\n") != std::string::npos);
  });
}

TEST_CASE("an environment of hundreds of kilobytes arrives") {
  in_and_outside([](Stage& stage, int world) {
    SpawnRequest request = bash(world, "echo ${#LONG0} ${#LONG7}");
    for (int count = 0; count < 8; ++count) {
      request.environment.emplace_back("LONG" + std::to_string(count), std::string(100000, 'x'));
    }
    Watched client = stage.spawn(request);
    stage.run_to_end(client);
    CHECK(client.output == "100000 100000\n");
  });
}

TEST_CASE("a command that cannot be started is a clear problem") {
  in_and_outside([](Stage& stage, int world) {
    SpawnRequest request = bash(world, "");
    request.command = {"no-such-program"};
    CHECK(stage.problem_of_spawn(request) == "start `no-such-program`: No such file or directory");
    request.command = {"/etc/passwd"};
    CHECK(stage.problem_of_spawn(request) == "start `/etc/passwd`: Permission denied");
    request.command = {};
    CHECK(stage.problem_of_spawn(request) == "start a client: its command is empty");
    request.command = {"true"};
    request.directory = "/no/such/place";
    CHECK(stage.problem_of_spawn(request) == "enter `/no/such/place`: No such file or directory");
    request.directory = "";
    CHECK(stage.problem_of_spawn(request).empty());
    request.world = 77;
    CHECK_FALSE(stage.problem_of_spawn(request).empty());
  });
}

TEST_CASE("a client starts with no signal ignored or blocked and its old limit of open files") {
  in_and_outside([](Stage& stage, int world) {
    Watched client = stage.spawn(bash(world,
                                      "grep -E '^Sig(Blk|Ign)' /proc/self/status; "
                                      "ls /proc/self/fd | wc -l"));
    stage.run_to_end(client);
    CHECK(client.output == "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n4\n");
  });
}

TEST_CASE("a signal reaches every process of a client") {
  in_and_outside([](Stage& stage, int world) {
    Watched client = stage.spawn(
        bash(world,
             "trap 'wait; echo outer; exit 5' TERM; setsid bash -c 'trap \"echo inner; exit\" "
             "TERM; echo ready; sleep 1000 & wait' & wait"));
    stage.wait_for_output(client, "ready\n");
    stage.broker.signal(client.child.id, SIGTERM);
    const Exit exit = stage.run_to_end(client);
    CHECK(exit.code == 5);
    CHECK(client.output.find("inner\n") != std::string::npos);
    CHECK(client.output.find("outer\n") != std::string::npos);
  });
}

TEST_CASE("the signal that ended a client is reported") {
  in_and_outside([](Stage& stage, int world) {
    Watched client = stage.spawn(bash(world, "echo ready; exec sleep 1000"));
    stage.wait_for_output(client, "ready\n");
    stage.broker.signal(client.child.id, SIGKILL);
    const Exit exit = stage.run_to_end(client);
    CHECK(exit.code == -1);
    CHECK(exit.signal == SIGKILL);
  });
}

TEST_CASE("a client that is stopped goes on when it is told to") {
  in_and_outside([](Stage& stage, int world) {
    Watched client = stage.spawn(bash(world, "echo ready; read -r x; echo $x"));
    stage.wait_for_output(client, "ready\n");
    stage.broker.signal(client.child.id, SIGSTOP);
    stage.wait("the stop", somebody_is_stopped);
    REQUIRE(::write(client.child.input.get(), "typed\n", 6) == 6);
    stage.broker.signal(client.child.id, SIGCONT);
    CHECK(stage.run_to_end(client).code == 0);
    CHECK(client.output == "ready\ntyped\n");
  });
}

TEST_CASE("when a command ends, its descendants are killed and its output can still be read") {
  in_and_outside([](Stage& stage, int world) {
    Watched client =
        stage.spawn(bash(world,
                         "setsid sleep 1000 & sleep 1000 & (setsid sleep 1000 &) ; echo "
                         "last words; exit 7"));
    const Exit exit = stage.run_to_end(client);  // also waits until nobody has the pipes
    CHECK(exit.code == 7);
    CHECK(client.output == "last words\n");
  });
}

TEST_CASE("names in a world come from the request's hosts") {
  Stage stage;
  if (no_worlds(stage)) return;
  SpawnRequest request = bash(stage.make_world({{80}, {}}).id,
                              "getent ahostsv4 app.test | head -1; getent ahostsv6 app.test | head "
                              "-1; getent hosts nowhere.test || echo none");
  request.hosts = {{"app.test", {server_address, server_address6}}};
  Watched client = stage.spawn(request);
  stage.run_to_end(client);
  CHECK(client.output.find(server_address) == 0);
  CHECK(client.output.find(server_address6) != std::string::npos);
  CHECK(client.output.find("none\n") != std::string::npos);
}

TEST_CASE("a world sees no process but its own") {
  Stage stage;
  if (no_worlds(stage)) return;
  Watched client = stage.spawn(bash(stage.make_world({{80}, {}}).id, "echo /proc/[0-9]* $$"));
  stage.run_to_end(client);
  CHECK(client.output == "/proc/1 /proc/2 2\n");
}

TEST_CASE("an ordinary user's client has no capabilities") {
  const auto work = []() -> std::string {
    Stage stage;
    if (!stage.broker.abilities().packet_link()) return "skipped";
    Watched client =
        stage.spawn(bash(stage.make_world({{80}, {}}).id, "grep CapEff /proc/self/status; id -u"));
    stage.run_to_end(client);
    return client.output;
  };
  if (::geteuid() != 0) return tests::skip("the tests do not run as root");
  const std::string said = as_nobody(work);
  if (said == "skipped") return tests::skip("an ordinary user gets no namespaces here");
  CHECK(said == "CapEff:\t0000000000000000\n65534\n");
}

TEST_CASE("the files of a client's name service") {
  CHECK(hosts_file({{"a.test", {"192.0.2.1", "2001:db8::1"}}}) ==
        "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n"
        "192.0.2.1 a.test\n2001:db8::1 a.test\n");
  CHECK(resolver_file() == "nameserver 198.51.100.20\noptions timeout:2 attempts:1\n");
  CHECK(name_switch_file("passwd: files\nhosts: mdns4 files\n") ==
        "passwd: files\nhosts: files dns\n");
  CHECK(name_switch_file("") == "hosts: files dns\n");
}

TEST_CASE("how much memory a client has had is known while it runs, its children's included") {
  in_and_outside([](Stage& stage, int world) {
    // Four MiB in a process of its own, beside the shell. What follows the sleep keeps bash from
    // turning that very process into it.
    Watched client = stage.spawn(
        bash(world, "(x=$(head -c 4194304 /dev/zero | tr '\\0' x); echo ready; sleep 60; :)"));
    stage.wait_for_output(client, "ready\n");
    const std::uint64_t bytes = stage.memory(client.child.id);
    CHECK(bytes > 4U * 1024 * 1024);
    CHECK(bytes < 400U * 1024 * 1024);
    stage.broker.signal(client.child.id, SIGKILL);
    stage.run_to_end(client);
    CHECK_THROWS_WITH(stage.memory(client.child.id), "look up a client's memory: it has ended");
  });
}
