#include "cli/doctor_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/bytes.h"
#include "cli/batch.h"

namespace halfopen::cli {
namespace {

using nlohmann::ordered_json;

const char* mark_of(Health health) {
  switch (health) {
    case Health::works:
      return "✓";
    case Health::limited:
      return "~";
    case Health::missing:
      return "✕";
    case Health::note:
      return "·";
  }
  return "";
}

const char* word_of(Health health) {
  switch (health) {
    case Health::works:
      return "works";
    case Health::limited:
      return "limited";
    case Health::missing:
      return "missing";
    case Health::note:
      return "note";
  }
  return "";
}

const char* conclusion(const Findings& found) {
  if (!can_run(found)) return "Nothing can run here.";
  if (found.abilities.packet_link()) return "Every shipped scenario can run here.";
  return "Only the stream link works here: scenarios that need real packets are `unsupported`.";
}

ordered_json programs_of(const Findings& found) {
  ordered_json programs = ordered_json::array();
  for (const ProgramFound& program : found.programs)
    programs.push_back({{"name", program.name},
                        {"path", program.path},
                        {"version", program.version},
                        {"problem", program.problem},
                        {"snap", program.snap}});
  return programs;
}

ordered_json clients_of(const Findings& found) {
  ordered_json clients = ordered_json::array();
  for (const ClientFound& client : found.clients)
    clients.push_back({{"name", client.name},
                       {"missing", client.missing},
                       {"install", client.install},
                       {"problem", client.problem}});
  return clients;
}

ordered_json lines_of(const Findings& found) {
  ordered_json lines = ordered_json::array();
  for (const DoctorLine& line : doctor_lines(found))
    lines.push_back({{"topic", line.topic},
                     {"health", word_of(line.health)},
                     {"says", line.says},
                     {"remedy", line.remedy}});
  return lines;
}

}  // namespace

std::string doctor_text(const Findings& found) {
  const std::vector<DoctorLine> lines = doctor_lines(found);
  std::size_t width = 0;
  for (const DoctorLine& line : lines) width = std::max(width, line.topic.size());
  std::string text = fmt::format("halfopen {} on {}\n\n", HALFOPEN_VERSION, found.system);
  for (const DoctorLine& line : lines) {
    text += fmt::format("{} {:<{}}  {}\n", mark_of(line.health), line.topic, width,
                        printable_line(line.says));
    if (!line.remedy.empty())
      text += fmt::format("  {:<{}}  → {}\n", "", width, printable_line(line.remedy));
  }
  return text + "\n" + conclusion(found) + "\n";
}

std::string doctor_json(const Findings& found) {
  const io::Abilities& abilities = found.abilities;
  const ordered_json document{
      {"version", HALFOPEN_VERSION},
      {"system", found.system},
      {"can_run", can_run(found)},
      {"packet_link",
       {{"works", abilities.packet_link()},
        {"root", abilities.root},
        {"namespaces", abilities.namespaces},
        {"tun", abilities.tun},
        {"veth", abilities.veth},
        {"why_not", abilities.why_not},
        {"why_no_tun", abilities.why_no_tun},
        {"remedy", abilities.remedy},
        {"forbidden_by", found.setting ? found.setting->name : ""}}},
      {"stream_link", {{"works", can_run(found)}, {"why_not", found.no_stream_link}}},
      {"container", found.container},
      {"seccomp_filter", found.seccomp},
      {"name_services", found.name_services},
      {"open_files", found.open_files},
      {"runs_by_files", found.runs_by_files},
      {"cores", found.processors.cores},
      {"cpu_quota",
       found.processors.quota ? ordered_json(*found.processors.quota) : ordered_json()},
      {"runs_at_once",
       std::min(found.runs_by_files, for_cores(runs_per_core, found.processors.share()))},
      {"memory", found.memory},
      {"available_memory", found.available_memory},
      {"programs", programs_of(found)},
      {"clients", clients_of(found)},
      {"lines", lines_of(found)}};
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace halfopen::cli
