#include "cli/scenario_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "cli/output.h"
#include "scenario/files.h"
#include "scenario/matrix.h"

namespace halfopen::cli {
namespace {

constexpr const char* option = "--set";

scenario::Given read_settings(const Settings& settings) {
  scenario::Given given{scenario::read_file, {}};
  for (const std::string& one : settings.given) {
    const std::size_t sign = one.find('=');
    if (sign == std::string::npos || sign == 0)
      throw Misuse(option, "`" + one + "` is not NAME=VALUE, like --set wait=2s");
    std::string name = one.substr(0, sign);
    const auto same = std::find_if(given.set.begin(), given.set.end(),
                                   [&](const auto& each) { return each.first == name; });
    if (same != given.set.end())
      throw Misuse(option, fmt::format("`{}` is set twice: to `{}` and to `{}`", name, same->second,
                                       one.substr(sign + 1)));
    given.set.emplace_back(std::move(name), one.substr(sign + 1));
  }
  return given;
}

/// A name that is nobody's is a slip.
void check_settings(const scenario::Given& given, const std::set<std::string>& known,
                    std::size_t files) {
  const std::vector<std::string> names(known.begin(), known.end());
  for (const auto& [name, value] : given.set) {
    if (known.contains(name)) continue;
    const std::string hint = did_you_mean(name, names);
    throw Misuse(
        option,
        fmt::format("{} variable `{}`{}",
                    files == 1 ? "the scenario has no"
                               : fmt::format("none of {} scenario files has a", files),
                    name,
                    !hint.empty()   ? hint
                    : names.empty() ? "; there are no variables at all"
                                    : fmt::format("; there are: {}", fmt::join(names, ", "))));
  }
}

/// Of a file's scenarios those that are meant.
std::vector<scenario::Scenario> chosen_of(std::vector<scenario::Scenario> scenarios,
                                          const scenario::Chosen& chosen) {
  if (chosen.run.empty() || scenarios.empty()) return scenarios;
  const std::string attempt = fmt::format("looking for the run {} of {}", chosen.run, chosen.file);
  if (scenarios.front().run.empty()) throw Error(attempt, "the file has no [matrix]");
  std::vector<std::string> runs;
  runs.reserve(scenarios.size());
  for (const scenario::Scenario& each : scenarios) runs.push_back(each.run);
  std::erase_if(scenarios, [&](const scenario::Scenario& each) {
    return !scenario::is_among(each.run, chosen.run);
  });
  if (!scenarios.empty()) return scenarios;
  const std::string hint = did_you_mean(chosen.run, runs);
  constexpr std::size_t most_named = 10;
  const std::size_t named = std::min(runs.size(), most_named);
  throw Error(
      attempt,
      "there is no such run" +
          (!hint.empty()
               ? hint
               : fmt::format("; there are: {}{}",
                             fmt::join(runs.begin(),
                                       runs.begin() + static_cast<std::ptrdiff_t>(named), ", "),
                             named < runs.size() ? ", …" : "")));
}

/// The files, each once, with the runs of it that are meant.
using Wanted = std::vector<std::pair<std::string, std::vector<scenario::Chosen>>>;

Wanted by_file(const std::vector<scenario::Chosen>& all) {
  Wanted wanted;
  for (const scenario::Chosen& each : all) {
    const auto same = std::find_if(wanted.begin(), wanted.end(),
                                   [&](const auto& known) { return known.first == each.file; });
    if (same == wanted.end())
      wanted.push_back({each.file, {each}});
    else
      same->second.push_back(each);
  }
  return wanted;
}

/// Those that one of the choices means, in the order of the file.
std::vector<scenario::Scenario> all_chosen(const std::vector<scenario::Scenario>& scenarios,
                                           const std::vector<scenario::Chosen>& choices) {
  std::set<std::string> names;
  for (const scenario::Chosen& choice : choices)
    for (const scenario::Scenario& each : chosen_of(scenarios, choice)) names.insert(each.name);
  std::vector<scenario::Scenario> all;
  for (const scenario::Scenario& each : scenarios)
    if (names.contains(each.name)) all.push_back(each);
  return all;
}

void add_mistakes(const scenario::LoadedScenarios& loaded, ScenarioFiles& read) {
  for (const Diagnostic& each : loaded.diagnostics) {
    if (std::find(read.mistakes.begin(), read.mistakes.end(), each) != read.mistakes.end())
      continue;
    read.mistakes.push_back(each);
    read.rendered.push_back(render(each, *loaded.sources));
  }
}

}  // namespace

void Settings::add_option(Command& command) {
  command
      .add_option(option, given,
                  "Gives a variable of the scenarios (or a name of a [matrix]) that value; may be "
                  "given again")
      .takes("NAME=VALUE")
      .one_a_time();
}

ScenarioFiles read_scenarios(const std::vector<std::string>& named, const Settings& settings) {
  const scenario::Given given = read_settings(settings);
  ScenarioFiles read;
  std::set<std::string> variables;
  for (const auto& [file, choices] : by_file(scenario::choose_scenarios(named))) {
    const auto loaded = scenario::load_scenarios(scenario::read_file(file), file, given);
    read.files.push_back(file);
    if (!loaded.diagnostics.empty()) read.bad.push_back(file);
    add_mistakes(loaded, read);
    variables.insert(loaded.variables.begin(), loaded.variables.end());
    for (scenario::Scenario& each : all_chosen(loaded.scenarios, choices))
      read.scenarios.push_back(std::move(each));
  }
  if (read.bad.empty()) check_settings(given, variables, read.files.size());
  return read;
}

std::optional<std::vector<scenario::Scenario>> load_scenarios(const std::vector<std::string>& named,
                                                              const Settings& settings) try {
  ScenarioFiles read = read_scenarios(named, settings);
  for (const std::string& mistake : read.rendered) complain(mistake);
  if (!read.bad.empty()) return std::nullopt;
  return std::move(read.scenarios);
} catch (const Error& failure) {
  complain(std::string("halfopen: ") + failure.what());
  return std::nullopt;
}

}  // namespace halfopen::cli
