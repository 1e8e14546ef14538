#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include "cli/batch.h"
#include "cli/doctor_report.h"
#include "io/descriptor_budget.h"

namespace halfopen::cli {
namespace {

constexpr std::string_view apparmor = "kernel.apparmor_restrict_unprivileged_userns";

std::string why_no_packets(const Findings& found) {
  std::string text = found.abilities.why_not;
  if (found.setting) {
    text += fmt::format("; {} is {}", found.setting->name, found.setting->forbids);
    if (found.setting->name == apparmor)
      text += ", as on Ubuntu 24.04 and GitHub's runners with it (ubuntu-24.04, ubuntu-latest)";
  }
  if (!found.container.empty()) text += fmt::format("; this is a container ({})", found.container);
  if (!found.container.empty() && found.seccomp)
    text += " with a seccomp filter, and Docker's default one forbids unshare";
  return text;
}

DoctorLine packet_link(const Findings& found) {
  const io::Abilities& abilities = found.abilities;
  if (abilities.packet_link())
    return {Health::works, "packet link",
            fmt::format("made one: {}, {}", abilities.root ? "as root" : "in user namespaces",
                        abilities.tun ? "TUN devices" : "veth pairs"),
            ""};
  const bool contained = !found.container.empty() && !found.setting;
  return {Health::missing, "packet link", why_no_packets(found),
          contained ? io::remedy_in_container : abilities.remedy};
}

std::string tun_remedy(const Findings& found) {
  switch (found.tun_file) {
    case TunFile::none:
      return found.container.empty() ? "sudo modprobe tun"
                                     : "start the container with --device /dev/net/tun";
    case TunFile::forbidden:
      return "sudo chmod 0666 /dev/net/tun";
    case TunFile::usable:
      return "";
  }
  return "";
}

/// Nothing where it was not tried, because namespaces are forbidden.
void add_tun_devices(const Findings& found, std::vector<DoctorLine>& lines) {
  const io::Abilities& abilities = found.abilities;
  if (abilities.tun)
    lines.push_back({Health::works, "TUN devices", "made two, by /dev/net/tun", ""});
  else if (abilities.packet_link())
    lines.push_back({Health::limited, "TUN devices",
                     abilities.why_no_tun + "; veth pairs do in their place", tun_remedy(found)});
}

DoctorLine stream_link(const Findings& found) {
  if (found.no_stream_link.empty())
    return {Health::works, "stream link", "connected to 127.0.0.1, and started a program", ""};
  return {Health::missing, "stream link", found.no_stream_link, ""};
}

std::string by_processors(const Processors& processors) {
  const std::string cores =
      fmt::format("{} core{}", processors.cores, processors.cores == 1 ? "" : "s");
  if (processors.share() < processors.cores)
    return fmt::format("{} for each core, and the control group's CPU quota allows {:.3g} of {}",
                       runs_per_core, *processors.quota, cores);
  return fmt::format("{} for each of {}", runs_per_core, cores);
}

DoctorLine runs_at_once(const Findings& found) {
  const int by_cores = for_cores(runs_per_core, found.processors.share());
  const std::string cores = by_processors(found.processors);
  if (found.runs_by_files >= by_cores)
    return {Health::works, "runs at once",
            fmt::format("{} light clients: {}; {} open files allow {}", by_cores, cores,
                        found.open_files, found.runs_by_files),
            ""};
  const int enough = io::descriptors_of_halfopen + io::descriptors_of_run * by_cores;
  return {
      found.runs_by_files > 0 ? Health::limited : Health::missing, "runs at once",
      fmt::format("{} light clients, as only {} files may be open; the cores would do for {}: {}",
                  found.runs_by_files, found.open_files, by_cores, cores),
      found.container.empty() ? fmt::format("sudo prlimit --pid $$ --nofile={}", enough)
                              : fmt::format("start the container with --ulimit nofile={}", enough)};
}

DoctorLine memory(const Findings& found) {
  constexpr double gibibyte = 1024.0 * 1024 * 1024;
  const std::string says = fmt::format("{:.1f} GiB, of which {:.1f} GiB can be had",
                                       static_cast<double>(found.memory) / gibibyte,
                                       static_cast<double>(found.available_memory) / gibibyte);
  // As in io/slots.h.
  if (found.available_memory >= found.memory / 10) return {Health::works, "memory", says, ""};
  return {Health::limited, "memory",
          says + ": clients start one at a time while less than a tenth is left", ""};
}

DoctorLine name_services(const Findings& found) {
  if (found.name_services.empty())
    return {Health::works, "name services", "none here that would answer in the server's place",
            ""};
  const std::string folders = fmt::format("{}", fmt::join(found.name_services, ", "));
  if (found.abilities.packet_link())
    return {Health::works, "name services", folders + ": hidden from clients on the packet link",
            ""};
  return {Health::note, "name services",
          folders + ": clients reach them, as only the packet link can hide them", ""};
}

DoctorLine container(const Findings& found) {
  const std::string kind = found.container.empty() ? "no sign of one" : found.container;
  return {Health::note, "container", kind + (found.seccomp ? "; a seccomp filter is set" : ""), ""};
}

/// What a program is for, and Debian's package of it.
struct Use {
  std::string_view name;
  std::string_view used_by;
  std::string_view package;
};

constexpr std::array<Use, 10> uses{{
    {"chromium", "the client chromium", "chromium"},
    {"firefox", "clients of your own; no shipped one starts it", "firefox-esr"},
    {"certutil", "the client chromium", "libnss3-tools"},
    {"node", "all shipped clients but reference and websockets", "nodejs"},
    {"npm", "installing the shipped clients in JavaScript", "npm"},
    {"python3", "the client websockets, and halfopen's own tests", "python3"},
    {"openssl", "halfopen's own tests", "openssl"},
    {"curl", "halfopen's own tests", "curl"},
    {"dig", "halfopen's own tests", "bind9-dnsutils"},
    {"tshark", "halfopen's own tests", "tshark"},
}};

const Use* use_of(const std::string& program) {
  const auto found = std::ranges::find(uses, program, &Use::name);
  return found == uses.end() ? nullptr : &*found;
}

std::string install_line(const std::vector<std::string>& programs) {
  std::string line = "sudo apt-get install";
  for (const std::string& program : programs) {
    const Use* use = use_of(program);
    line.append(" ").append(use != nullptr ? use->package : program);
  }
  return line;
}

DoctorLine line_of(const ProgramFound& program) {
  if (program.path.empty()) {
    const Use* use = use_of(program.name);
    return {Health::missing, program.name,
            use == nullptr ? "not found" : fmt::format("not found; used by {}", use->used_by),
            install_line({program.name})};
  }
  const std::string which = fmt::format(
      "{}, {}", program.path, program.version.empty() ? "of no known version" : program.version);
  if (program.snap)
    return {Health::limited, program.name,
            which + "; a snap: it does not start in network namespaces",
            "install it from a .deb, such as Google's google-chrome-stable"};
  if (!program.problem.empty())
    return {Health::limited, program.name, program.path + ": " + program.problem, ""};
  if (program.name == "chromium" && std::filesystem::path(program.path).filename() != "chromium")
    return {Health::limited, program.name, which + "; the client chromium starts `chromium`",
            fmt::format("sudo ln -s {} /usr/local/bin/chromium", program.path)};
  // certutil has no version to tell.
  return {Health::works, program.name, program.version.empty() ? program.path : which, ""};
}

/// Debian's package of a Python module that is to lie where Debian puts them; or "".
std::string python_package(const std::string& installed) {
  const std::filesystem::path path(installed);
  if (path.parent_path() != "/usr/lib/python3/dist-packages") return "";
  return "python3-" + path.filename().string();
}

DoctorLine line_of(const ClientFound& client) {
  const std::string topic = "client " + client.name;
  if (!client.problem.empty()) return {Health::missing, topic, client.problem, ""};
  if (!client.missing.empty())
    return {Health::missing, topic, fmt::format("needs {}", fmt::join(client.missing, ", ")),
            install_line(client.missing)};
  if (const std::string package = python_package(client.installed); !package.empty())
    return {Health::missing, topic, fmt::format("needs {}", client.installed),
            "sudo apt-get install " + package};
  if (client.writable)
    return {Health::limited, topic, fmt::format("its first run installs it: {}", client.install),
            ""};
  return {Health::missing, topic,
          fmt::format("not installed yet, and {} is not yours to write to", client.directory),
          fmt::format("sudo sh -c 'cd {} && {}'", client.directory, client.install)};
}

void add_clients(const Findings& found, std::vector<DoctorLine>& lines) {
  if (found.clients.empty()) {
    lines.push_back(
        {Health::note, "shipped clients",
         "not found: halfopen is neither installed nor in a build folder of its sources", ""});
    return;
  }
  std::vector<std::string> ready;
  for (const ClientFound& client : found.clients) {
    if (client.problem.empty() && client.missing.empty() && client.install.empty())
      ready.push_back(client.name);
    else
      lines.push_back(line_of(client));
  }
  if (!ready.empty())
    lines.push_back(
        {Health::works, "shipped clients", fmt::format("{}: ready", fmt::join(ready, ", ")), ""});
}

}  // namespace

bool can_run(const Findings& found) { return found.no_stream_link.empty(); }

std::vector<DoctorLine> doctor_lines(const Findings& found) {
  std::vector<DoctorLine> lines{packet_link(found)};
  add_tun_devices(found, lines);
  for (const auto& about : {stream_link, runs_at_once, memory, name_services, container})
    lines.push_back(about(found));
  for (const ProgramFound& program : found.programs) lines.push_back(line_of(program));
  add_clients(found, lines);
  return lines;
}

}  // namespace halfopen::cli
