#include <algorithm>

#include "report/report.h"

namespace halfopen::report {
namespace {

bool is_plain(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (c >= '0' && c <= '9') ||
         std::string_view("-_./@:=+,%").find(c) != std::string::npos;
}

// In single quotes where a shell would see more than a word (POSIX, 2.2.2).
std::string in_quotes(const std::string& word) {
  if (!word.empty() && std::ranges::all_of(word, is_plain)) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

}  // namespace

std::string replay_command(const trace::Header& header) {
  const std::string& scenario =
      header.scenario_file.empty() ? header.scenario : header.scenario_file;
  const std::string& client = header.client_given.empty() ? header.client : header.client_given;
  std::string command = "halfopen run " + in_quotes(scenario) + " --client " + in_quotes(client) +
                        " --seed " + std::to_string(header.seed);
  if (!header.link.empty()) command += " --link " + in_quotes(header.link);
  return command;
}

}  // namespace halfopen::report
