#include "support/outsiders.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "faults/fault.h"
#include "scenario/files.h"
#include "support/data_file.h"
#include "support/places.h"

namespace halfopen::tests {
namespace {

const scenario::Section head{"an outsider",
                             {{"about", "a string", "\"What it is.\""},
                              {"program", "a string", "\"openssl\""},
                              {"package", "a string", "\"openssl\""},
                              {"over", "\"packet\" or \"stream\"", "\"stream\""},
                              {"command", "a table", "{ tls = \"openssl …\" }"},
                              {"waive", "an array of strings", "[\"version-13\"]"},
                              {"row", "[[row]] tables", "[{ fault = \"tls/expired\" }]"}}};

const scenario::Section row_keys{"a row",
                                 {{"fault", "a fault", "\"tls/expired\""},
                                  {"key", "a key of scenarios", "\"handshake.status\""},
                                  {"with", "TOML", "'code = \"net\"'"},
                                  {"attempt", "TOML", "'handshake = 503'"},
                                  {"server", "TOML", "'addresses = \"ipv6\"'"},
                                  {"link", "TOML", "'mtu = 1200'"},
                                  {"over", "\"packet\" or \"stream\"", "\"packet\""},
                                  {"command", "the name of a command", "\"tls\""},
                                  {"arguments", "a string", "\"--fail\""},
                                  {"attempts", "a count or a range, as a string", "\"1\""},
                                  {"exit", "an exit code", "35"},
                                  {"says", "a regular expression", "'num=10'"},
                                  {"alert", "an alert", "\"unknown_ca\""},
                                  {"filter", "a display filter", "\"tcp.flags.reset == 1\""},
                                  {"never", "a display filter", "\"tcp.flags.fin == 1\""},
                                  {"acts", "acts and bytes", "\"send 8300\""}}};

Row read_row(const scenario::TableReader& table, const std::string& over) {
  Row row;
  row.line = table.place().line;
  row.over = over;
  row.attempts = "1";
  for (const auto& [target, key] :
       std::initializer_list<std::pair<std::string*, const char*>>{{&row.fault, "fault"},
                                                                   {&row.key, "key"},
                                                                   {&row.with, "with"},
                                                                   {&row.attempt, "attempt"},
                                                                   {&row.server, "server"},
                                                                   {&row.link, "link"},
                                                                   {&row.over, "over"},
                                                                   {&row.command, "command"},
                                                                   {&row.arguments, "arguments"},
                                                                   {&row.attempts, "attempts"},
                                                                   {&row.says, "says"},
                                                                   {&row.alert, "alert"},
                                                                   {&row.filter, "filter"},
                                                                   {&row.never, "never"},
                                                                   {&row.acts, "acts"}})
    table.into(*target, key, scenario::as_text);
  row.exit = table.read("exit", scenario::as_whole{0, 255});
  if (row.fault.empty() == row.key.empty())
    table.problems().add(table.place(), "a row is about a `fault` or a `key`: name one of them");
  if (row.says.empty() && !row.exit && row.filter.empty() && row.acts.empty())
    table.problems().add(table.place(),
                         "nothing is asked: write `says`, `exit`, `filter` or `acts`");
  return row;
}

std::vector<std::pair<std::string, std::string>> read_commands(const scenario::TableReader& table) {
  std::vector<std::pair<std::string, std::string>> commands;
  if (const auto* by_layer = table.table("command"))
    for (const scenario::Entry& entry : *by_layer)
      if (const auto line = scenario::as_text(entry.value, table.site("command")))
        commands.emplace_back(entry.key, *line);
  return commands;
}

/// `port = { fault = "unreachable", code = "net" }`, or the step in braces.
std::string use_of(const Row& row) {
  const std::string layer = row.layer();
  const std::string use =
      fmt::format("{} = {{ fault = \"{}\"{}{} }}", layer, row.fault.substr(layer.size() + 1),
                  row.with.empty() ? "" : ", ", row.with);
  for (const faults::Layer each : faults::layers)
    if (faults::key_of(each) == layer && faults::is_step(each)) return "steps = [{ " + use + " }]";
  return use;
}

std::string with_places(const std::string& line, const Row& row) {
  return filled(filled(line, "{arguments}", row.arguments), "{clients}",
                in_tree("tests/e2e/clients"));
}

bool needs_tls(const Row& row) {
  if (row.layer() == "tls") return true;
  const std::string name = row.fault.substr(std::min(row.fault.size(), row.layer().size() + 1));
  const faults::Fault* const drop = faults::find(faults::Layer::drop, name);
  return row.layer() == "drop" && drop != nullptr && drop->needs_tls;
}

}  // namespace

std::string Row::layer() const { return subject().substr(0, subject().find_first_of("/.")); }

std::string filled(std::string text, const std::string& hole, const std::string& value) {
  std::size_t at = 0;
  while ((at = text.find(hole, at)) != std::string::npos) {
    text.replace(at, hole.size(), value);
    at += value.size();
  }
  return text;
}

std::string command_for(const Outsider& outsider, const Row& row) {
  const std::string wanted = row.command.empty() ? row.layer() : row.command;
  for (const std::string& either : {wanted, std::string("any")})
    for (const auto& [name, line] : outsider.commands)
      if (name == either) return with_places(line, row);
  throw Error(fmt::format("{}:{}", outsider.file, row.line), "there is no [command] for " + wanted);
}

std::string scenario_of(const Row& row, const std::string& expectations) {
  return fmt::format(
      "about = \"An outsider looks at it.\"\n"
      "[server]\n{}{}\n[link]\n{}\n[[attempt]]\n{}\n"
      "[expect]\nattempts = \"{}\"\nwithin = \"25s\"\n{}",
      needs_tls(row) ? "tls = true\n" : "", row.server, row.link,
      row.attempt.empty() && !row.fault.empty() ? use_of(row) : row.attempt, row.attempts,
      expectations);
}

Outsider load_outsider(const std::string& name) {
  Outsider outsider;
  outsider.name = name;
  outsider.file = in_tree("tests/e2e/outsiders/" + name + ".toml");
  read_data_file(outsider.file, head, [&](const scenario::TableReader& table) {
    std::string over;
    table.into(over, "over", scenario::as_text);
    table.into(outsider.about, "about", scenario::as_text);
    table.into(outsider.program, "program", scenario::as_text);
    table.into(outsider.package, "package", scenario::as_text);
    table.into(outsider.waive, "waive", scenario::as_texts);
    outsider.commands = read_commands(table);
    for (const scenario::TableReader& row : tables_of(table, "row", row_keys))
      outsider.rows.push_back(read_row(row, over));
  });
  return outsider;
}

std::vector<Outsider> load_outsiders() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(in_tree("tests/e2e/outsiders")))
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem());
  std::sort(names.begin(), names.end());
  std::vector<Outsider> outsiders;
  for (const std::string& name : names) outsiders.push_back(load_outsider(name));
  return outsiders;
}

}  // namespace halfopen::tests
