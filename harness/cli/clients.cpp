#include "cli/clients.h"
#include "cli/output.h"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <sstream>
#include <utility>

#include "base/error.h"
#include "base/installation.h"
#include "cli/command_line.h"
#include "scenario/files.h"
#include "scenario/loader.h"

namespace halfopen::cli {
namespace fs = std::filesystem;

std::string find_program(const std::string& name) {
  const auto is_program = [](const std::string& file) { return access(file.c_str(), X_OK) == 0; };
  if (name.starts_with('/')) return is_program(name) ? name : "";
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "/usr/bin:/bin" : path);
  for (std::string folder; std::getline(folders, folder, ':');)
    if (std::string file = (fs::path(folder) / name).string(); is_program(file)) return file;
  return "";
}

std::vector<std::string> words_of_command(const std::string& text) {
  constexpr std::string_view operators = "&|;()";
  std::vector<std::string> words;
  std::string word;
  bool begun = false;
  char quote = 0;
  const auto end = [&] {
    if (std::exchange(begun, false)) words.push_back(std::exchange(word, ""));
  };
  for (const char c : text) {
    if (quote != 0 ? c == quote : c == '\'' || c == '"') {
      quote = quote != 0 ? '\0' : c;
      begun = true;
    } else if (quote == 0 && std::isspace(static_cast<unsigned char>(c)) != 0) {
      end();
    } else if (quote == 0 && operators.find(c) != std::string_view::npos) {
      end();
      words.emplace_back(1, c);
    } else {
      word += c;
      begun = true;
    }
  }
  end();
  return words;
}

namespace {

/// The client.toml that `path` names, if it names one.
std::optional<std::string> client_file(const std::string& path) {
  std::error_code failed;
  if (fs::is_directory(path, failed)) {
    std::string inside = (fs::path(path) / "client.toml").string();
    if (fs::is_regular_file(inside, failed)) return inside;
    throw Error("read the client `" + path + "`", "the folder has no client.toml");
  }
  if (path.ends_with(".toml")) return path;
  return std::nullopt;
}

/// What was loaded; throws Error with all diagnostics.
template <class T>
T whole(scenario::Loaded<T> loaded, const std::string& text) {
  if (loaded.diagnostics.empty()) return std::move(*loaded.value);
  std::string all;
  for (const Diagnostic& diagnostic : loaded.diagnostics)
    all += (all.empty() ? "" : "\n") + render(diagnostic, text);
  throw Error(all);
}

scenario::Client load(const std::string& file) {
  const std::string text = scenario::read_file(file);
  scenario::Client client = whole(scenario::load_client(text, file), text);
  client.given = file;
  client.directory = fs::absolute(file).parent_path().string();
  return client;
}

bool is_assignment(const std::string& word) {
  const std::size_t equals = word.find('=');
  return equals != std::string::npos && equals > 0 && word.find('/') > equals;
}

/// The program that a command line is about: `cd app && PORT=1 exec node app.js` is about node.
std::string program_of(const std::string& text) {
  std::string first;
  bool changing_folder = false;
  for (const std::string& word : words_of_command(text)) {
    const bool is_operator = word.find_first_not_of("&|;()") == std::string::npos;
    if (is_operator) changing_folder = false;
    if (is_operator || changing_folder) continue;
    if (first.empty()) first = word;
    changing_folder = word == "cd";
    if (!changing_folder && word != "exec" && word != "env" && !is_assignment(word)) return word;
  }
  return first;
}

/// Keeps the shell out of the way of signals where the command is a single program.
std::string without_shell(const std::string& text) {
  const bool single = text.find_first_of("|;&()<>\n") == std::string::npos;
  const std::vector<std::string> words = words_of_command(text);
  if (!single || words.empty() || words.front() == "exec") return text;
  return (is_assignment(words.front()) ? "exec env " : "exec ") + text;
}

/// A command line becomes a shell command.
scenario::Client from_command(const std::string& text) {
  if (const std::string problem = scenario::placeholder_problem(text); !problem.empty())
    throw Error("the command `" + text + "`: " + problem);
  scenario::Client client = scenario::client_from_command({"/bin/sh", "-c", without_shell(text)});
  client.given = text;
  client.name = fs::path(program_of(text)).filename().string();
  client.about = text;
  return client;
}

}  // namespace

scenario::Client variant_of(const scenario::Client& client, const std::string& name) {
  const auto variant = client.variants.find(name);
  if (variant == client.variants.end()) {
    std::vector<std::string> names;
    names.reserve(client.variants.size());
    for (const auto& [known, about] : client.variants) names.push_back(known);
    throw Error(fmt::format("the client `{}` has no variant `{}`{}; it has: {}", client.name, name,
                            did_you_mean(name, names),
                            names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "))));
  }
  scenario::Client changed = client;
  changed.name += "@" + name;
  changed.given += "@" + name;
  changed.about = variant->second.about;
  for (const std::string& argument : variant->second.arguments) changed.command.push_back(argument);
  return changed;
}

std::vector<std::string> known_clients() {
  std::vector<std::string> names;
  std::error_code failed;
  for (const std::string& folder : {std::string("clients"), installed("clients")})
    if (fs::is_directory(folder, failed))
      for (const auto& entry : fs::directory_iterator(folder, failed))
        if (fs::exists(entry.path() / "client.toml", failed))
          names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

namespace {

/// The same as somebody may give them from here: "clients/ws".
std::vector<std::string> known_paths() {
  std::vector<std::string> paths;
  for (const std::string& name : known_clients()) paths.push_back("clients/" + name);
  return paths;
}

/// A path that is not here, but was installed with the program, is the installed one.
std::string here_or_installed(const std::string& path) {
  std::error_code failed;
  const std::string shipped = fs::exists(path, failed) ? "" : installed(path);
  return shipped.empty() ? path : shipped;
}

/// `article` and `reference@no-delay` are those in clients/, if there is such a folder and nothing
/// nearer: that is said, since a program may have the same name.
std::string with_folder(const std::string& given) {
  const std::string name = given.substr(0, given.find('@'));
  std::error_code failed;
  if (name.empty() || name.find_first_of("/ ") != std::string::npos || fs::exists(name, failed))
    return given;
  if (!fs::exists(fs::path(here_or_installed("clients/" + name)) / "client.toml", failed)) {
    const std::string hint = !find_program(name).empty() ? "" : did_you_mean(name, known_clients());
    if (!hint.empty()) throw Error("there is neither a client nor a program `" + name + "`" + hint);
    return given;
  }
  complain(fmt::format("halfopen: --client {}: taken as clients/{}", given, given));
  return "clients/" + given;
}

scenario::Client client_named(const std::string& whole_text) {
  if (whole_text.find_first_not_of(' ') == std::string::npos)
    throw Error("it is empty: give a command like \"node app.js {url}\" or a client.toml");
  const std::string given = with_folder(whole_text);
  const std::string text = here_or_installed(given);
  std::error_code failed;
  const std::size_t at = text.rfind('@');
  if (at != std::string::npos && !fs::exists(text, failed)) {
    const std::string path = here_or_installed(text.substr(0, at));
    if (fs::exists(path, failed))
      if (const auto file = client_file(path)) return variant_of(load(*file), text.substr(at + 1));
  }
  if (text.ends_with(".toml") || fs::is_directory(text, failed))
    if (const auto file = client_file(text)) return load(*file);
  if (text.find('/') != std::string::npos && text.find_first_of(" $") == std::string::npos &&
      !fs::exists(text, failed))
    throw Error("there is no file or folder `" + text + "`, and so no such client" +
                did_you_mean(text.substr(0, text.find('@')), known_paths()));
  return from_command(text);
}

}  // namespace

scenario::Client find_client(const std::string& text) {
  try {
    return client_named(text);
  } catch (const Error& failure) {
    throw Misuse("--client", failure.what());
  }
}

scenario::Client with_abilities(scenario::Client client,
                                const std::vector<std::string>& abilities) {
  for (const std::string& ability : abilities)
    if (const std::string problem = scenario::ability_problem(ability); !problem.empty())
      throw Misuse("--can", problem);
  if (client.directory.empty())
    client.can.insert(client.can.end(), abilities.begin(), abilities.end());
  return client;
}

scenario::KnownResults find_known_results(const scenario::Client& client,
                                          const std::vector<std::string>& scenarios) {
  const fs::path file = fs::path(client.directory) / "expected.toml";
  std::error_code failed;
  if (client.directory.empty() || !fs::is_regular_file(file, failed)) return {};
  try {
    const std::string text = scenario::read_file(file.string());
    return whole(scenario::load_known_results(text, file.string(), scenarios), text);
  } catch (const Error& failure) {
    throw Misuse("--expected", failure.what());
  }
}

bool is_installed(const scenario::Client& client) {
  std::error_code failed;
  return client.install.empty() ||
         (!client.installed.empty() &&
          fs::exists(fs::path(client.directory) / client.installed, failed));
}

namespace {

void run_install(const scenario::Client& client) {
  if (is_installed(client)) return;
  const std::string attempt =
      fmt::format("install the client `{}` ({})", client.name, fmt::join(client.install, " "));
  complain("halfopen: " + attempt);
  std::vector<char*> words;
  words.reserve(client.install.size() + 1);
  for (const std::string& word : client.install) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addchdir_np(&actions, client.directory.c_str());
  posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
  pid_t process = 0;
  const int error = posix_spawnp(&process, words[0], &actions, nullptr, words.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw Error(attempt, std::generic_category().message(error));
  int status = 0;
  check_system(attempt, waitpid(process, &status, 0));
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw Error(attempt, "it failed");
}

}  // namespace

bool install(const scenario::Client& client) try {
  run_install(client);
  return true;
} catch (const Error& failure) {
  complain(std::string("halfopen: ") + failure.what());
  return false;
}

std::vector<std::string> missing_programs(const scenario::Client& client) {
  std::vector<std::string> missing;
  for (const std::string& program : client.needs)
    if (find_program(program).empty()) missing.push_back(program);
  return missing;
}

}  // namespace halfopen::cli
