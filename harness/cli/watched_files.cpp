#include "cli/watched_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <set>

#include "base/error.h"
#include "base/installation.h"
#include "cli/clients.h"
#include "scenario/files.h"
#include "scenario/loader.h"

namespace halfopen::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 10'000;

bool is_toml(const std::string& path) { return path.ends_with(".toml"); }

bool left_out(const fs::path& name) {
  return name.string().starts_with('.') || name == "node_modules" || name == "__pycache__";
}

/// Calls back with each folder from `top` down, and with each file in them, while that wants more.
void walk(const std::string& top, const std::function<void(const fs::path&)>& folder,
          const std::function<bool(const fs::path&)>& file) {
  std::error_code failed;
  fs::recursive_directory_iterator at(top, fs::directory_options::skip_permission_denied, failed);
  if (failed) return;
  folder(top);
  for (; !failed && at != fs::recursive_directory_iterator(); at.increment(failed)) {
    std::error_code unknown;
    const bool is_folder = at->is_directory(unknown);
    if (left_out(at->path().filename())) {
      if (is_folder) at.disable_recursion_pending();
    } else if (is_folder) {
      folder(at->path());
    } else if (!file(at->path())) {
      return;
    }
  }
}

void add_stamp(Snapshot& snapshot, const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return;
  constexpr std::int64_t second = 1'000'000'000;
  snapshot[path] = {status.st_mtim.tv_sec * second + status.st_mtim.tv_nsec,
                    static_cast<std::uint64_t>(status.st_size),
                    static_cast<std::uint64_t>(status.st_ino)};
}

/// A folder with a client.toml, or that file itself, as `run --client` finds it: what stands before
/// the "@" of a variant, in ./clients, or installed. "" where it is a command.
std::string folder_of_client(const std::string& client) {
  std::error_code failed;
  for (const std::string& name : {client, client.substr(0, client.rfind('@'))})
    for (const fs::path& path :
         {fs::path(name), fs::path("clients/" + name), fs::path(installed(name)),
          fs::path(installed("clients/" + name))}) {
      if (is_toml(path.string()) && fs::is_regular_file(path, failed))
        return path.has_parent_path() ? path.parent_path().string() : ".";
      if (fs::exists(path / "client.toml", failed)) return path.string();
    }
  return "";
}

/// What the scenario in that file includes, as far as it can be read.
std::vector<std::string> parts_of(const std::string& file) try {
  const auto loaded =
      scenario::load_scenarios(scenario::read_file(file), file, {scenario::read_file, {}});
  std::vector<std::string> parts;
  for (const auto& [part, text] : loaded.sources->parts()) parts.push_back(part);
  return parts;
} catch (const Error&) {
  return {};
}

/// The path itself, or the nearest folder above it that is there.
std::string nearest(fs::path path) {
  std::error_code failed;
  while (!path.empty() && !fs::is_directory(path, failed)) path = path.parent_path();
  return path.empty() ? "." : path.string();
}

}  // namespace

std::vector<std::string> changed(const Snapshot& before, const Snapshot& after) {
  std::set<std::string> names;
  for (const auto& [name, stamp] : before) {
    const auto now = after.find(name);
    if (now == after.end() || now->second != stamp) names.insert(name);
  }
  for (const auto& [name, stamp] : after)
    if (!before.contains(name)) names.insert(name);
  return {names.begin(), names.end()};
}

Snapshot only_written_by_people(const Snapshot& files) {
  Snapshot found;
  for (const auto& [name, stamp] : files)
    if (is_toml(name)) found[name] = stamp;
  return found;
}

WatchedFiles::WatchedFiles(const std::vector<std::string>& scenarios,
                           const std::vector<std::string>& clients) {
  std::error_code failed;
  for (const std::string& given : scenarios) {
    // A run of a file is named behind it.
    const std::string short_name = given.substr(0, given.rfind(scenario::run_sign));
    const std::string& named = scenario::find_place(given).empty() ? short_name : given;
    const std::string place = scenario::find_place(named);
    if (place.empty())
      files_.push_back(is_toml(named) ? named : named + ".toml");
    else
      (fs::is_directory(place, failed) ? scenario_folders_ : files_).push_back(place);
    if (fs::is_regular_file(place, failed))
      for (std::string& part : parts_of(place)) files_.push_back(std::move(part));
  }
  if (scenarios.empty()) {
    const std::string all = scenario::find_place("scenarios");
    scenario_folders_.push_back(all.empty() ? "scenarios" : all);
  }
  for (const std::string& client : clients) add_client(client);
}

void WatchedFiles::add_client(const std::string& client) {
  const std::string folder = folder_of_client(client);
  if (folder.empty())
    add_command(client);
  else
    client_folders_.push_back(folder);
}

/// Those of its words that are files, where it stands or in a folder that it changes to.
void WatchedFiles::add_command(const std::string& command) {
  std::error_code failed;
  fs::path folder;
  bool changing_folder = false;
  for (const std::string& word : words_of_command(command)) {
    if (changing_folder) folder /= word;
    changing_folder = word == "cd";
    const fs::path file = folder / word;
    if (fs::is_regular_file(file, failed)) files_.push_back(file.string());
  }
}

Snapshot WatchedFiles::look() const {
  Snapshot snapshot;
  const auto no_folder = [](const fs::path&) {};
  for (const std::string& file : files_) add_stamp(snapshot, file);
  for (const std::string& top : scenario_folders_)
    walk(top, no_folder, [&](const fs::path& file) {
      if (is_toml(file.string())) add_stamp(snapshot, file.string());
      return true;
    });
  for (const std::string& top : client_folders_) {
    std::size_t count = 0;
    walk(top, no_folder, [&](const fs::path& file) {
      add_stamp(snapshot, file.string());
      return ++count < most_files;
    });
  }
  return snapshot;
}

std::vector<std::string> WatchedFiles::folders() const {
  std::set<std::string> found;
  for (const std::string& file : files_) found.insert(nearest(fs::path(file).parent_path()));
  for (const auto* tops : {&scenario_folders_, &client_folders_})
    for (const std::string& top : *tops) {
      found.insert(nearest(top));
      std::size_t count = 0;
      walk(
          top, [&](const fs::path& folder) { found.insert(folder.string()); },
          [&](const fs::path&) { return ++count < most_files; });
    }
  return {found.begin(), found.end()};
}

}  // namespace halfopen::cli
