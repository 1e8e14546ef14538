#include "cli/findings.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

#include "base/error.h"
#include "cli/asked_program.h"
#include "cli/clients.h"
#include "cli/command_line.h"
#include "io/descriptor_budget.h"
#include "io/load_meter.h"
#include "io/net/client_files.h"
#include "io/net/container.h"
#include "io/temporary_folder.h"

namespace halfopen::cli {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// Browsers and npm need a second or two on a busy machine.
constexpr std::chrono::seconds patience{20};

/// How a program is found and asked.
struct Known {
  const char* name;
  std::vector<std::string> programs;  ///< The first one that is there.
  const char* asked_with;             ///< "": it has no version to tell.
};

const std::vector<Known>& known_programs() {
  static const std::vector<Known> known{
      {"chromium", {"chromium", "chromium-browser", "google-chrome"}, "--version"},
      {"firefox", {"firefox", "firefox-esr"}, "--version"},
      {"certutil", {"certutil"}, ""},
      {"node", {"node"}, "--version"},
      {"npm", {"npm"}, "--version"},
      {"python3", {"/usr/bin/python3"}, "--version"},
      {"openssl", {"openssl"}, "version"},
      {"curl", {"curl"}, "--version"},
      {"dig", {"dig"}, "-v"},
      {"tshark", {"tshark"}, "--version"},
  };
  return known;
}

std::string find_any(const std::vector<std::string>& programs) {
  for (const std::string& program : programs)
    if (std::string path = find_program(program); !path.empty()) return path;
  return "";
}

/// A link to the program `snap`, or a script that starts a snap.
bool is_snap(const std::string& path) {
  std::error_code failed;
  const fs::path real = fs::canonical(path, failed);
  if (real.filename() == "snap" || real.string().starts_with("/snap/")) return true;
  std::string text(4096, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  return text.starts_with("#!") && text.find("/snap/bin/") != std::string::npos;
}

std::vector<ProgramFound> find_programs() {
  std::vector<ProgramFound> found;
  std::vector<std::unique_ptr<AskedProgram>> asked;
  for (const Known& known : known_programs()) {
    ProgramFound& program = found.emplace_back();
    program.name = known.name;
    program.path = find_any(known.programs);
    program.snap = !program.path.empty() && is_snap(program.path);
    asked.emplace_back();
    if (program.path.empty() || *known.asked_with == '\0') continue;
    try {
      asked.back() =
          std::make_unique<AskedProgram>(std::vector<std::string>{program.path, known.asked_with});
    } catch (const Error& failure) {
      program.problem = failure.what();
    }
  }
  const Clock::time_point until = Clock::now() + patience;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!asked[i]) continue;
    ProgramAnswer answer = asked[i]->answer(until);
    found[i].version = std::move(answer.version);
    found[i].problem = std::move(answer.problem);
  }
  return found;
}

ClientFound find_one(const std::string& name) {
  ClientFound found;
  found.name = name;
  try {
    const scenario::Client client = find_client("clients/" + name);
    found.missing = missing_programs(client);
    found.directory = client.directory;
    found.installed = client.installed;
    found.writable = ::access(fs::path(client.directory).parent_path().c_str(), W_OK) == 0;
    if (!is_installed(client))
      for (const std::string& word : client.install)
        found.install += (found.install.empty() ? "" : " ") + word;
  } catch (const Misuse& mistakes) {
    found.problem = mistakes.what();
  }
  return found;
}

std::vector<ClientFound> find_clients() {
  std::vector<ClientFound> found;
  for (const std::string& name : known_clients()) found.push_back(find_one(name));
  return found;
}

/// A connection on the loopback interface, as the stream link makes them.
void try_loopback() {
  const auto make_socket = [] {
    return Descriptor(
        check_system("make a socket", ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
  };
  const Descriptor listener = make_socket();
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  check_system("listen on 127.0.0.1", ::bind(listener.get(), generic, size));
  check_system("listen on 127.0.0.1", ::listen(listener.get(), 1));
  check_system("listen on 127.0.0.1", ::getsockname(listener.get(), generic, &size));
  const Descriptor client = make_socket();
  check_system("connect to 127.0.0.1", ::connect(client.get(), generic, size));
}

/// The broker starts a program, as it starts clients.
void try_client(io::Broker& broker) {
  constexpr int most_milliseconds = 10'000;
  std::optional<std::string> problem;
  io::SpawnRequest request;
  request.command = {"/bin/sh", "-c", ":"};
  request.directory = "/";
  broker.spawn(request, [&](const io::Reply<io::Child>& reply) { problem = reply.problem; });
  while (!problem) {
    pollfd wanted{broker.descriptor(), POLLIN, 0};
    const int ready = ::poll(&wanted, 1, most_milliseconds);
    if (ready < 0 && errno != EINTR) throw_errno("wait for the broker");
    if (ready == 0) throw Error("start a client", "the broker does not answer");
    if (ready > 0) broker.readable();
  }
  if (!problem->empty()) throw Error(*problem);
}

std::string try_stream_link(io::Broker& broker) {
  try {
    if (io::runs_within_limit() == 0)
      throw Error("run one client", std::string("there are too few descriptors; ") + more_files);
    try_loopback();
    const io::TemporaryFolder folder;
    try_client(broker);
  } catch (const Error& failure) {
    return failure.what();
  }
  return "";
}

TunFile find_tun_file() {
  constexpr const char* path = "/dev/net/tun";
  if (::access(path, F_OK) != 0) return TunFile::none;
  return ::access(path, R_OK | W_OK) == 0 ? TunFile::usable : TunFile::forbidden;
}

std::string system_name() {
  utsname name{};
  std::string text = ::uname(&name) == 0
                         ? std::string(name.sysname) + " " + name.release + " " + name.machine
                         : std::string("unknown system");
  std::ifstream release("/etc/os-release");
  const std::string key = "PRETTY_NAME=\"";
  for (std::string line; std::getline(release, line);)
    if (line.starts_with(key)) text += ", " + line.substr(key.size(), line.rfind('"') - key.size());
  return text;
}

}  // namespace

Findings look_around() {
  io::Broker broker;
  Findings found;
  found.system = system_name();
  found.abilities = broker.abilities();
  found.tun_file = find_tun_file();
  found.setting = io::forbidding_setting();
  found.container = io::container_kind();
  found.seccomp = io::has_seccomp_filter();
  found.no_stream_link = try_stream_link(broker);
  found.name_services = io::name_services_here();
  found.programs = find_programs();
  found.clients = find_clients();
  rlimit files{};
  check_system("read the limit of open files", ::getrlimit(RLIMIT_NOFILE, &files));
  found.open_files = files.rlim_cur;
  found.runs_by_files = io::runs_within_limit();
  found.processors = usable_processors();
  io::LoadMeter meter;
  const io::Load load = meter.measure({});
  found.memory = load.all_memory;
  found.available_memory = load.memory;
  return found;
}

}  // namespace halfopen::cli
