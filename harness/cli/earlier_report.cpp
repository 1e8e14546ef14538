#include "cli/earlier_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "cli/command_line.h"
#include "cli/input.h"

namespace halfopen::cli {
namespace {

constexpr const char* option = "--rerun-failed";

void add_once(std::vector<std::string>& to, const std::string& text) {
  if (std::ranges::count(to, text) == 0) to.push_back(text);
}

nlohmann::json read(const std::string& report) try {
  nlohmann::json document = nlohmann::json::parse(read_input(report));
  if (document.at("halfopen") == "report") return document;
  throw Misuse(option, report + " is no report that `run --json` has written");
} catch (const nlohmann::json::exception&) {
  throw Misuse(option, report + " is no report that `run --json` has written");
} catch (const Error& failure) {
  throw Misuse(option, failure.what());
}

bool is_worth_another_try(const std::string& outcome) {
  return outcome == "fail" || outcome == "error" || outcome == "inconclusive";
}

}  // namespace

bool EarlierRun::is(const scenario::Scenario& of, const scenario::Client& by) const {
  if (scenario != of.name) return false;
  return client == by.name || (!client_given.empty() && client_given == by.given);
}

std::vector<EarlierRun> failed_in(const std::string& report) {
  const nlohmann::json document = read(report);
  std::vector<EarlierRun> runs;
  std::size_t all = 0;
  try {
    for (const auto& run : document.at("runs")) {
      ++all;
      if (!is_worth_another_try(run.at("outcome"))) continue;
      runs.push_back({run.at("scenario"), run.at("file"), run.at("client"),
                      run.value("client_given", ""), run.at("seed"),
                      run.value("set", std::vector<std::pair<std::string, std::string>>())});
    }
  } catch (const nlohmann::json::exception& broken) {
    throw Misuse(option, fmt::format("{}: run {}: {}", report, all, broken.what()));
  }
  if (runs.empty())
    throw Misuse(option, fmt::format("none of the {} runs in {} failed or stayed undecided: there "
                                     "is nothing to repeat",
                                     all, report));
  return runs;
}

std::vector<std::string> settings_of(const std::vector<EarlierRun>& runs) {
  std::map<std::string, std::string> values;
  for (const EarlierRun& run : runs)
    for (const auto& [name, value] : run.set)
      if (const auto [known, fresh] = values.emplace(name, value); !fresh && known->second != value)
        throw Misuse(option, fmt::format("the runs in the report had `{}` set to `{}` and to `{}`: "
                                         "say which by --set",
                                         name, known->second, value));
  std::vector<std::string> settings;
  settings.reserve(values.size());
  for (const auto& [name, value] : values) settings.push_back(fmt::format("{}={}", name, value));
  return settings;
}

std::vector<std::string> scenarios_of(const std::vector<EarlierRun>& runs) {
  std::vector<std::string> files;
  for (const EarlierRun& run : runs) add_once(files, run.file.empty() ? run.scenario : run.file);
  return files;
}

std::vector<std::string> clients_of(const std::vector<EarlierRun>& runs) {
  std::vector<std::string> clients;
  for (const EarlierRun& run : runs) {
    if (run.client_given.empty())
      throw Misuse("--client",
                   "is required: the report does not say how `" + run.client + "` was started");
    add_once(clients, run.client_given);
  }
  return clients;
}

}  // namespace halfopen::cli
