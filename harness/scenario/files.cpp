#include "scenario/files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>

#include "base/diagnostic.h"
#include "base/error.h"
#include "base/installation.h"
#include "scenario/loader.h"

namespace halfopen::scenario {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = std::uintmax_t{1024} * 1024;
constexpr const char* home = "scenarios";
constexpr const char* parts = "parts";

using Wanted = std::function<bool(const fs::path&)>;

bool is_client(const fs::path& path) { return kind_of_file(path) == FileKind::client; }
bool is_scenario(const fs::path& path) {
  return path.extension() == ".toml" && kind_of_file(path) == FileKind::scenario;
}

/// `but_not_in`: folders of that name are left out.
std::vector<std::string> files_below(const fs::path& folder, const Wanted& wanted,
                                     std::string_view but_not_in = "node_modules") {
  std::vector<std::string> files;
  std::error_code failed;
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied,
                                      failed);
  if (failed) throw Error("reading " + folder.string(), failed.message());
  for (; at != fs::recursive_directory_iterator(); at.increment(failed)) {
    const fs::path& path = at->path();
    const bool hidden = path.filename().string().starts_with('.');
    if (at->is_directory(failed) &&
        (hidden || path.filename() == "node_modules" || path.filename() == but_not_in))
      at.disable_recursion_pending();
    if (!hidden && wanted(path) && at->is_regular_file(failed)) files.push_back(path.string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> scenarios_below(const fs::path& folder) {
  return files_below(folder, is_scenario, parts);
}

/// The names of the file's scenarios: one, unless it has a [matrix] that can be read.
std::vector<std::string> names_in(const std::string& file) {
  try {
    if (const std::string text = read_file(file); text.find("matrix") != std::string::npos) {
      std::vector<std::string> names;
      for (const Scenario& each : load_scenarios(text, file, {read_file, {}}).scenarios)
        names.push_back(each.name);
      if (!names.empty()) return names;
    }
  } catch (const Error&) {
    return {scenario_name(file)};  // It has a name all the same.
  }
  return {scenario_name(file)};
}

/// "; did you mean …" among all the scenarios that there are, and their folders. A path to one is
/// as good as its name.
std::string hint_for(const std::string& named) {
  std::set<std::string> known;
  for (const std::string& name : scenario_names({})) {
    known.insert(name.substr(0, name.find(run_sign)));
    for (std::size_t slash = name.find('/', 1); slash != std::string::npos;
         slash = name.find('/', slash + 1))
      known.insert(name.substr(0, slash));
  }
  const std::string below = home + std::string("/");
  std::string meant = named.substr(named.starts_with(below) ? below.size() : 0);
  if (const std::size_t sign = meant.rfind(run_sign); sign != std::string::npos) meant.erase(sign);
  if (meant.ends_with(".toml")) meant.erase(meant.size() - 5);
  while (meant.ends_with('/')) meant.pop_back();
  return did_you_mean(meant, std::vector<std::string>(known.begin(), known.end()));
}

}  // namespace

FileKind kind_of_file(const std::string& path) {
  const fs::path file(path);
  std::error_code failed;
  if (file.filename() == "client.toml") return FileKind::client;
  if (file.filename() == "expected.toml" && fs::exists(file.parent_path() / "client.toml", failed))
    return FileKind::expected;
  if (file.parent_path().filename() == parts) return FileKind::part;
  return FileKind::scenario;
}

std::vector<std::string> scenario_names(const std::vector<std::string>& files) {
  std::error_code failed;
  std::set<fs::path> folders{fs::path(home), fs::path(installed(home))};
  for (const std::string& file : files)
    folders.insert(fs::path("." / fs::path(file)).parent_path());
  std::vector<std::string> names;
  names.reserve(files.size());
  const auto add = [&](const std::string& file) {
    for (std::string& name : names_in(file)) names.push_back(std::move(name));
  };
  for (const std::string& file : files) add(file);
  for (const fs::path& folder : folders)
    if (fs::is_directory(folder, failed))
      for (const std::string& file : scenarios_below(folder))
        add(fs::path(file).lexically_normal().string());
  return names;
}

std::string read_file(const std::string& path) {
  const std::string attempt = "reading " + path;
  std::error_code failed;
  const fs::file_status status = fs::status(path, failed);
  if (!fs::exists(status)) throw Error(attempt, "there is no such file");
  if (!fs::is_regular_file(status)) throw Error(attempt, "it is not a file");
  if (fs::file_size(path, failed) > largest_file)
    throw Error(attempt, "it is longer than 1 MiB, which no scenario is");
  std::ifstream file(path, std::ios::binary);
  std::string text(largest_file + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad() || (file.fail() && !file.eof())) throw Error(attempt, "it cannot be read");
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

std::string find_place(const std::string& named) {
  std::error_code failed;
  const std::string at_home = home + ("/" + named);
  for (const fs::path& path :
       {fs::path(named), fs::path(named + ".toml"), fs::path(at_home + ".toml"), fs::path(at_home),
        fs::path(installed(named)), fs::path(installed(at_home + ".toml")),
        fs::path(installed(at_home))})
    if (fs::is_regular_file(path, failed) || fs::is_directory(path, failed)) return path.string();
  return "";
}

std::vector<std::string> find_scenarios(const std::string& named) {
  std::error_code failed;
  if (const std::string place = find_place(named); !place.empty()) {
    if (!fs::is_directory(place, failed)) return {place};
    auto files = scenarios_below(place);
    if (files.empty()) throw Error("looking for scenarios in " + named, "there is none");
    return files;
  }
  throw Error(
      "looking for the scenario " + named,
      fmt::format("there is no such file or folder, nor one of that name below {}/{}{}", home,
                  hint_for(named),
                  installed(home).empty() ? ", and this halfopen is not installed: start it "
                                            "in its folder, or give paths"
                                          : ""));
}

std::vector<std::string> find_scenarios(const std::vector<std::string>& named) {
  if (named.empty()) return find_scenarios(std::string(home));
  std::vector<std::string> files;
  for (const std::string& one : named)
    for (std::string& file : find_scenarios(one))
      if (std::find(files.begin(), files.end(), file) == files.end())
        files.push_back(std::move(file));
  return files;
}

std::vector<Chosen> choose_scenarios(const std::vector<std::string>& named) {
  if (named.empty()) return choose_scenarios({std::string(home)});
  std::vector<Chosen> all;
  const auto add = [&](const std::string& one, const std::string& run) {
    for (std::string& file : find_scenarios(one)) {
      Chosen chosen{std::move(file), run};
      if (std::find(all.begin(), all.end(), chosen) == all.end()) all.push_back(std::move(chosen));
    }
  };
  for (const std::string& one : named) {
    const std::size_t sign = one.rfind(run_sign);
    const bool has_run = sign != std::string::npos && one.find('=', sign) != std::string::npos;
    std::error_code failed;
    if (has_run && !fs::exists(one, failed) && !fs::exists(one + ".toml", failed))
      add(one.substr(0, sign), one.substr(sign + 1));
    else
      add(one, "");
  }
  return all;
}

std::vector<std::string> find_clients(const std::string& path) {
  std::error_code failed;
  if (fs::is_directory(path, failed)) return files_below(path, is_client);
  if (is_client(path) && fs::is_regular_file(path, failed)) return {path};
  return {};
}

}  // namespace halfopen::scenario
