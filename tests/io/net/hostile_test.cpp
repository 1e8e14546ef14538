// Clients that turn against the process above them, and what of the machine they can reach.
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <sstream>

#include "base/error.h"
#include "io/net/descendants.h"
#include "io/net/process.h"
#include "io/net/text_file.h"
#include "stage.h"

using namespace halfopen;
using namespace halfopen::io;
using namespace halfopen::io::testing;

namespace {

namespace fs = std::filesystem;

/// "" or what went wrong, with a client outside of worlds and one in a world (where there are any).
using Check = std::function<std::string(Stage&, int world)>;

std::string in_and_outside(const Check& check) {
  Stage stage;
  std::string said = check(stage, 0);
  if (stage.broker.abilities().packet_link()) said += check(stage, stage.make_world({{80}, {}}).id);
  return said;
}

/// As the user that we are, and as nobody.
void privileged_and_not(const Check& check) {
  CHECK(in_and_outside(check) == "");
  if (::geteuid() == 0) CHECK(as_nobody([&] { return in_and_outside(check); }) == "");
}

pid_t init_of(Stage&) {
  for (const pid_t process : descendants_of(::getpid()))
    if (read_file("/proc/" + std::to_string(process) + "/comm") == "halfopen-init\n")
      return process;
  throw Error("find the init", "there is none");
}

std::string output_of(Stage& stage, int world, const std::string& line) {
  Watched client = stage.spawn(bash(world, line));
  stage.run_to_end(client);
  return client.output + client.errors;
}

SpawnRequest python(int world, const std::string& program) {
  SpawnRequest request = bash(world, "");
  request.command = {"/usr/bin/python3", "-c", program};
  return request;
}

std::uint64_t bit(int capability) { return std::uint64_t{1} << static_cast<unsigned>(capability); }

}  // namespace

TEST_CASE("a client that stops the process above it is killed all the same") {
  privileged_and_not([](Stage& stage, int world) -> std::string {
    Watched client = stage.spawn(bash(world, "kill -STOP $PPID; echo ready; sleep 1000"));
    stage.wait_for_output(client, "ready");
    stage.broker.signal(client.child.id, SIGKILL);
    const Exit exit = stage.run_to_end(client);
    return exit.signal == SIGKILL && !exit.lost ? "" : "not killed";
  });
}

TEST_CASE("a client that stops the broker, too, does not stop the others") {
  const std::string program =
      "import os, signal\n"
      "def above(process):\n"
      "  return int(open('/proc/%d/stat' % process).read().rsplit(') ', 1)[1].split()[1])\n"
      "os.kill(above(os.getppid()), signal.SIGSTOP)\n"
      "print('stopped', flush=True)\n"
      "signal.pause()\n";
  Stage stage(BrokerOptions{false, false});
  Watched client = stage.spawn(python(0, program));
  stage.wait_for_output(client, "stopped");
  CHECK(output_of(stage, 0, "echo here") == "here\n");
  stage.broker.signal(client.child.id, SIGKILL);
  CHECK(stage.run_to_end(client).signal == SIGKILL);
}

TEST_CASE("a client cannot trace the process above it, nor take its channel") {
  const std::string program =
      "import ctypes, os\n"
      "libc = ctypes.CDLL(None, use_errno=True)\n"
      "above = os.pidfd_open(os.getppid())\n"
      "taken = [n for n in range(64) if libc.syscall(438, above, n, 0) >= 0]\n"
      "seized = libc.ptrace(0x4206, os.getppid(), 0, 0) == 0\n"
      "print('taken', taken, 'seized', seized)\n";
  privileged_and_not([&](Stage& stage, int world) -> std::string {
    Watched client = stage.spawn(python(world, program));
    stage.run_to_end(client);
    return client.output == "taken [] seized False\n" ? "" : client.output + client.errors;
  });
}

TEST_CASE("a client that is root may not reach beyond its own affairs") {
  if (::geteuid() != 0) return;
  // capabilities(7): net_admin 12, net_raw 13, sys_module 16, sys_ptrace 19, sys_admin 21, bpf 39.
  const std::uint64_t gone = bit(12) | bit(13) | bit(16) | bit(19) | bit(21) | bit(39);
  CHECK(in_and_outside([&](Stage& stage, int world) -> std::string {
          const std::string text =
              output_of(stage, world, "grep -E 'Cap(Inh|Prm|Eff|Bnd|Amb)' /proc/self/status");
          std::istringstream lines(text);
          int seen = 0;
          std::string name;
          for (std::string value; lines >> name >> value; ++seen)
            if ((std::stoull(value, nullptr, 16) & gone) != 0) return text;
          return seen == 5 ? "" : text;
        }) == "");
}

TEST_CASE("a client that is root still can do what programs do") {
  if (::geteuid() != 0) return;
  CHECK(in_and_outside([](Stage& stage, int world) {
          return output_of(stage, world,
                           "t=$(mktemp); chown 1:1 $t && chmod 0 $t && cat $t && rm $t && "
                           "setpriv --reuid=65534 --regid=65534 --clear-groups true");
        }) == "");
}

TEST_CASE("an init that is killed takes its client along, and it is not the client's doing") {
  CHECK(in_and_outside([](Stage& stage, int world) -> std::string {
          Watched client = stage.spawn(bash(world, "echo ready; exec sleep 1000"));
          stage.wait_for_output(client, "ready");
          ::kill(init_of(stage), SIGKILL);
          stage.wait("the exit", [&] { return !stage.exits.empty(); });
          const Exit exit = stage.exits.front();
          stage.exits.clear();
          return exit.lost ? "" : "not lost";
        }) == "");
}

namespace {

/// A machine with nscd and systemd-resolved, as far as their folders and links go.
void furnish() {
  check_system("make a mount namespace", ::unshare(CLONE_NEWNS));
  check_system("make mounts private", ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr));
  for (const char* folder : {"/run", "/etc"})
    check_system("mount", ::mount("tmpfs", folder, "tmpfs", 0, "mode=755"));
  fs::create_directories("/run/nscd");
  fs::create_directories("/run/systemd/resolve");
  fs::create_directories("/run/dbus");
  write_file("/run/nscd/socket", "", true);
  write_file("/run/dbus/system_bus_socket", "", true);
  write_file("/run/systemd/resolve/io.systemd.Resolve", "", true);
  write_file("/run/systemd/resolve/stub-resolv.conf", "nameserver 127.0.0.53\n", true);
  fs::create_symlink("../run/systemd/resolve/stub-resolv.conf", "/etc/resolv.conf");
  write_file("/etc/hosts", "127.0.0.1 localhost\n", true);
  write_file("/etc/nsswitch.conf", "hosts: resolve\n", true);
  write_file("/run/other", "here", true);
}

std::string look_around() {
  Stage stage;
  if (!stage.broker.abilities().packet_link()) return stage.broker.abilities().why_not;
  const int world = stage.make_world({{80}, {}}).id;
  return output_of(stage, world,
                   "ls -A /run/nscd /run/dbus; find /run/systemd/resolve -type f; cat "
                   "/etc/resolv.conf /etc/nsswitch.conf /run/other");
}

/// Where the machine is a furnished one.
std::string elsewhere(const std::function<std::string()>& work) {
  auto [reading, writing] = make_pipe();
  const pid_t process = check_system("start a process", ::fork());
  if (process == 0) {
    std::string said;
    try {
      furnish();
      said = work();
    } catch (const std::exception& failure) {
      said = failure.what();
    }
    if (::write(writing.get(), said.data(), said.size()) < 0) ::_exit(1);
    ::_exit(0);
  }
  writing.reset();
  std::string said(4096, '\0');
  const ssize_t count = ::read(reading.get(), said.data(), said.size());
  said.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  ::waitpid(process, nullptr, 0);
  return said;
}

}  // namespace

TEST_CASE("the sockets of the machine's name services are out of a client's reach") {
  Stage stage;
  if (no_worlds(stage) || ::geteuid() != 0) return;
  const std::string seen =
      "/run/dbus:\n\n/run/nscd:\n"
      "/run/systemd/resolve/stub-resolv.conf\n"
      "nameserver 198.51.100.20\noptions timeout:2 attempts:1\n"
      "hosts: files dns\n"
      "here";
  CHECK(elsewhere(look_around) == seen);
  CHECK(elsewhere([] { return as_nobody(look_around); }) == seen);
}
