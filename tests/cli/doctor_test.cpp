// What the doctor says of what it found, and what it recommends.
#include <signal.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/asked_program.h"
#include "cli/doctor_report.h"

using namespace halfopen;
using namespace halfopen::cli;
using Catch::Matchers::Contains;

namespace {

constexpr std::uint64_t gibibyte = 1024ULL * 1024 * 1024;

/// A machine on which everything works.
Findings whole_machine() {
  Findings found;
  found.system = "Linux 6.1.0 x86_64";
  found.abilities.root = true;
  found.abilities.namespaces = true;
  found.abilities.tun = true;
  found.open_files = 20000;
  found.runs_by_files = 623;
  found.processors.cores = 2;
  found.memory = 8 * gibibyte;
  found.available_memory = 6 * gibibyte;
  found.clients.emplace_back().name = "reference";
  return found;
}

/// One that forbids namespaces to ordinary users.
Findings without_packets() {
  Findings found = whole_machine();
  found.abilities = {};
  found.abilities.why_not = "make a network namespace: Operation not permitted";
  found.abilities.remedy = "run as root";
  return found;
}

DoctorLine line(const Findings& found, const std::string& topic) {
  for (const DoctorLine& one : doctor_lines(found))
    if (one.topic == topic) return one;
  FAIL("no line about " << topic);
  return {};
}

ProgramFound program(const std::string& name, const std::string& path,
                     const std::string& version = "") {
  ProgramFound found;
  found.name = name;
  found.path = path;
  found.version = version;
  return found;
}

}  // namespace

TEST_CASE("doctor: a machine on which everything works needs no remedy") {
  const Findings found = whole_machine();
  for (const DoctorLine& one : doctor_lines(found)) {
    INFO(one.topic << ": " << one.says);
    CHECK((one.health == Health::works || one.health == Health::note));
    CHECK(one.remedy.empty());
  }
  CHECK(can_run(found));
  CHECK(
      doctor_text(found) ==
      "halfopen " HALFOPEN_VERSION
      " on Linux 6.1.0 x86_64\n\n"
      "✓ packet link      made one: as root, TUN devices\n"
      "✓ TUN devices      made two, by /dev/net/tun\n"
      "✓ stream link      connected to 127.0.0.1, and started a program\n"
      "✓ runs at once     256 light clients: 128 for each of 2 cores; 20000 open files allow 623\n"
      "✓ memory           8.0 GiB, of which 6.0 GiB can be had\n"
      "✓ name services    none here that would answer in the server's place\n"
      "· container        no sign of one\n"
      "✓ shipped clients  reference: ready\n\n"
      "Every shipped scenario can run here.\n");
}

TEST_CASE("doctor: Ubuntu 24.04 forbids namespaces by AppArmor") {
  Findings found = without_packets();
  found.setting = io::Setting{"kernel.apparmor_restrict_unprivileged_userns", "1", "0"};
  found.abilities.remedy =
      "run as root, or once: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0";
  const DoctorLine said = line(found, "packet link");
  CHECK(said.health == Health::missing);
  CHECK(said.says ==
        "make a network namespace: Operation not permitted; "
        "kernel.apparmor_restrict_unprivileged_userns is 1, as on Ubuntu 24.04 and GitHub's "
        "runners with it (ubuntu-24.04, ubuntu-latest)");
  CHECK(said.remedy == found.abilities.remedy);
  CHECK(can_run(found));
  CHECK_THAT(doctor_text(found), Contains("Only the stream link works here"));
}

TEST_CASE("doctor: another setting is named with its value") {
  Findings found = without_packets();
  found.setting = io::Setting{"user.max_user_namespaces", "0", "10000"};
  CHECK_THAT(line(found, "packet link").says, Contains("; user.max_user_namespaces is 0"));
  CHECK_THAT(line(found, "packet link").says, !Contains("Ubuntu"));
}

TEST_CASE("doctor: in a container, it is the container that has to be started otherwise") {
  Findings found = without_packets();
  found.container = "docker";
  found.seccomp = true;
  const DoctorLine said = line(found, "packet link");
  CHECK_THAT(said.says, Contains("this is a container (docker) with a seccomp filter, and Docker's "
                                 "default one forbids unshare"));
  CHECK_THAT(said.remedy, Contains("--security-opt seccomp=unconfined"));
  CHECK(line(found, "container").says == "docker; a seccomp filter is set");
}

TEST_CASE("doctor: without TUN devices, veth pairs do") {
  Findings found = whole_machine();
  found.abilities.tun = false;
  found.abilities.veth = true;
  found.abilities.why_no_tun = "open /dev/net/tun: No such file or directory";
  CHECK(line(found, "packet link").says == "made one: as root, veth pairs");
  const DoctorLine said = line(found, "TUN devices");
  CHECK(said.health == Health::limited);
  CHECK(said.says == "open /dev/net/tun: No such file or directory; veth pairs do in their place");
  CHECK(said.remedy.empty());
  found.tun_file = TunFile::none;
  CHECK(line(found, "TUN devices").remedy == "sudo modprobe tun");
  found.container = "podman";
  CHECK(line(found, "TUN devices").remedy == "start the container with --device /dev/net/tun");
  found.tun_file = TunFile::forbidden;
  CHECK(line(found, "TUN devices").remedy == "sudo chmod 0666 /dev/net/tun");
}

TEST_CASE("doctor: without a stream link nothing can run") {
  Findings found = without_packets();
  found.no_stream_link = "connect to 127.0.0.1: Network is unreachable";
  CHECK(line(found, "stream link").says == found.no_stream_link);
  CHECK_FALSE(can_run(found));
  CHECK_THAT(doctor_text(found), Contains("\nNothing can run here.\n"));
}

TEST_CASE("doctor: a low limit of open files is what bounds the runs") {
  Findings found = whole_machine();
  found.open_files = 1024;
  found.runs_by_files = 30;
  const DoctorLine said = line(found, "runs at once");
  CHECK(said.health == Health::limited);
  CHECK(said.says ==
        "30 light clients, as only 1024 files may be open; the cores would do for 256: 128 for "
        "each of 2 cores");
  CHECK(said.remedy == "sudo prlimit --pid $$ --nofile=8256");
  found.container = "docker";
  CHECK(line(found, "runs at once").remedy == "start the container with --ulimit nofile=8256");
  found.runs_by_files = 0;
  CHECK(line(found, "runs at once").health == Health::missing);
}

TEST_CASE("doctor: a quota of processor time counts, and not the cores beyond it") {
  Findings found = whole_machine();
  found.processors = {64, 0.5};
  CHECK(line(found, "runs at once").says ==
        "64 light clients: 128 for each core, and the control group's CPU quota allows 0.5 of 64 "
        "cores; 20000 open files allow 623");
  const auto data = nlohmann::json::parse(doctor_json(found));
  CHECK(data["runs_at_once"] == 64);
  CHECK(data["cores"] == 64);
  CHECK(data["cpu_quota"] == 0.5);
  found.processors = {2, 8.0};
  CHECK(line(found, "runs at once").says ==
        "256 light clients: 128 for each of 2 cores; 20000 open files allow 623");
  found.processors = {64, 0.001};
  CHECK(nlohmann::json::parse(doctor_json(found))["runs_at_once"] == 1);
}

TEST_CASE("doctor: name services are hidden by the packet link alone") {
  Findings found = whole_machine();
  found.name_services = {"/run/dbus", "/run/nscd"};
  CHECK(line(found, "name services").says ==
        "/run/dbus, /run/nscd: hidden from clients on the packet link");
  found.abilities = {};
  CHECK(line(found, "name services").health == Health::note);
  CHECK_THAT(line(found, "name services").says, Contains("clients reach them"));
}

TEST_CASE("doctor: what is missing is named with its package") {
  Findings found = whole_machine();
  found.programs = {program("dig", ""), program("curl", "/usr/bin/curl", "curl 7.88.1"),
                    program("certutil", "/usr/bin/certutil")};
  CHECK(line(found, "dig").health == Health::missing);
  CHECK(line(found, "dig").says == "not found; used by halfopen's own tests");
  CHECK(line(found, "dig").remedy == "sudo apt-get install bind9-dnsutils");
  CHECK(line(found, "curl").says == "/usr/bin/curl, curl 7.88.1");
  CHECK(line(found, "certutil").says == "/usr/bin/certutil");
}

TEST_CASE("doctor: a browser that does not serve") {
  Findings found = whole_machine();
  found.programs = {program("chromium", "/usr/bin/google-chrome", "Google Chrome 131.0")};
  CHECK(line(found, "chromium").health == Health::limited);
  CHECK(line(found, "chromium").remedy ==
        "sudo ln -s /usr/bin/google-chrome /usr/local/bin/chromium");
  found.programs = {program("chromium", "/snap/bin/chromium", "Chromium 131.0")};
  found.programs[0].snap = true;
  CHECK_THAT(line(found, "chromium").says, Contains("it does not start in network namespaces"));
  found.programs = {program("chromium", "/usr/bin/chromium")};
  found.programs[0].problem = "it does not say its version in time";
  CHECK(line(found, "chromium").says == "/usr/bin/chromium: it does not say its version in time");
}

TEST_CASE("doctor: what the shipped clients lack") {
  Findings found = whole_machine();
  ClientFound ready;
  ready.name = "reference";
  ClientFound needy;
  needy.name = "chromium";
  needy.missing = {"node", "certutil"};
  ClientFound later;
  later.name = "ws";
  later.install = "npm ci --prefix ..";
  later.directory = "/usr/share/halfopen/clients/ws";
  ClientFound python;
  python.name = "websockets";
  python.install = "/usr/bin/python3 -c import websockets";
  python.installed = "/usr/lib/python3/dist-packages/websockets";
  found.clients = {ready, needy, later, python};
  CHECK(line(found, "shipped clients").says == "reference: ready");
  CHECK(line(found, "client chromium").says == "needs node, certutil");
  CHECK(line(found, "client chromium").remedy == "sudo apt-get install nodejs libnss3-tools");
  CHECK(line(found, "client ws").says == "its first run installs it: npm ci --prefix ..");
  CHECK(line(found, "client websockets").remedy == "sudo apt-get install python3-websockets");
  found.clients[2].writable = false;
  CHECK(line(found, "client ws").health == Health::missing);
  CHECK(line(found, "client ws").remedy ==
        "sudo sh -c 'cd /usr/share/halfopen/clients/ws && npm ci --prefix ..'");
}

TEST_CASE("doctor: a program that lies alone has no clients") {
  Findings found = whole_machine();
  found.clients.clear();
  CHECK(line(found, "shipped clients").health == Health::note);
  CHECK_THAT(line(found, "shipped clients").says, Contains("neither installed"));
}

TEST_CASE("doctor: the same as data, also where programs have said bytes that are no text") {
  Findings found = without_packets();
  found.programs = {program("curl", "/usr/bin/curl", "curl 7.\xff")};
  const auto document = nlohmann::json::parse(doctor_json(found));
  CHECK(document["can_run"] == true);
  CHECK(document["packet_link"]["works"] == false);
  CHECK(document["packet_link"]["why_not"] == found.abilities.why_not);
  CHECK(document["runs_at_once"] == 256);
  CHECK(document["programs"][0]["name"] == "curl");
  CHECK(document["lines"].size() == doctor_lines(found).size());
  CHECK(document["lines"][0]["health"] == "missing");
}

TEST_CASE("doctor: what programs say of themselves is made printable") {
  Findings found = whole_machine();
  found.programs = {program("curl", "/usr/bin/curl", "curl 7.1\x1b[2J")};
  CHECK_THAT(doctor_text(found), !Contains("\x1b"));
}

TEST_CASE("doctor: a version is found in what programs print") {
  CHECK(version_in("curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1\n") == "curl 7.88.1");
  CHECK(version_in("Running as user \"root\". Careful.\nTShark (Wireshark) 4.0.17 (Git)\n") ==
        "TShark (Wireshark) 4.0.17");
  CHECK(version_in("v20.20.2") == "v20.20.2");
  CHECK(version_in("Mozilla Firefox 115.0esr\r\n") == "Mozilla Firefox 115.0esr");
  CHECK(version_in("no such option. 3\n").empty());
}

TEST_CASE("doctor: signals do not cut an answer short") {
  struct sigaction before {};
  struct sigaction handled {};
  handled.sa_handler = [](int /*number*/) {};
  ::sigaction(SIGCHLD, &handled, &before);
  // The broker's end has a handler of SIGCHLD, and other programs end meanwhile.
  AskedProgram program({"/bin/sh", "-c",
                        "i=0; while [ $i -lt 2000 ]; do kill -CHLD $PPID; i=$((i + 1)); done; "
                        "echo tool 1.2"});
  CHECK(program.answer(std::chrono::steady_clock::now() + std::chrono::seconds(20)).version ==
        "tool 1.2");
  ::sigaction(SIGCHLD, &before, nullptr);
}

TEST_CASE("doctor: a program is asked, and not waited for without end") {
  const auto soon = [] { return std::chrono::steady_clock::now() + std::chrono::seconds(20); };
  AskedProgram tells({"/bin/sh", "-c", "echo warning >&2; echo tool 1.2"});
  CHECK(tells.answer(soon()).version == "tool 1.2");
  AskedProgram mute({"/bin/sh", "-c", "echo unknown option; exit 1"});
  CHECK(mute.answer(soon()).problem == "it does not say its version, but: unknown option");
  AskedProgram hangs({"/bin/sh", "-c", "sleep 1000"});
  CHECK(hangs.answer(std::chrono::steady_clock::now()).problem ==
        "it does not say its version in time");
  CHECK_THROWS_WITH(AskedProgram({"/no/such/program"}), Contains("start /no/such/program"));
}
