#include "io/net/descendants.h"

#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "io/net/text_file.h"

namespace halfopen::io {
namespace {

constexpr int most_rounds = 200;
constexpr int round_ms = 10;

/// The parent's id from /proc/PID/stat; the name before it may hold blanks and brackets (proc(5)).
pid_t parent_of(pid_t process) {
  const auto stat = read_file("/proc/" + std::to_string(process) + "/stat");
  const auto name_end = stat ? stat->rfind(')') : std::string::npos;
  if (name_end == std::string::npos) return 0;
  int parent = 0;
  char state = 0;
  if (std::sscanf(stat->c_str() + name_end + 1, " %c %d", &state, &parent) != 2) return 0;
  return state == 'Z' ? 0 : parent;
}

std::multimap<pid_t, pid_t> children_by_parent() {
  std::multimap<pid_t, pid_t> children;
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir("/proc"), ::closedir);
  if (!folder) return children;
  while (const dirent* entry = ::readdir(folder.get())) {
    const pid_t process = std::atoi(entry->d_name);
    if (process > 0) children.emplace(parent_of(process), process);
  }
  return children;
}

/// False where that may not be known.
bool runs_another_program(pid_t process) {
  std::error_code failed;
  const auto other =
      std::filesystem::read_symlink("/proc/" + std::to_string(process) + "/exe", failed);
  return !failed && other != std::filesystem::read_symlink("/proc/self/exe", failed) && !failed;
}

bool reap_all() {
  pid_t reaped = 0;
  while ((reaped = ::waitpid(-1, nullptr, WNOHANG)) > 0) {
  }
  return reaped < 0;  // ECHILD: there is none left
}

}  // namespace

std::vector<pid_t> descendants_of(pid_t ancestor) {
  const std::multimap<pid_t, pid_t> children = children_by_parent();
  std::vector<pid_t> found{ancestor};
  for (std::size_t next = 0; next < found.size(); ++next) {
    const auto [first, last] = children.equal_range(found[next]);
    std::transform(first, last, std::back_inserter(found),
                   [](const auto& pair) { return pair.second; });
  }
  found.erase(found.begin());
  return found;
}

void signal_descendants(pid_t ancestor, int number) {
  std::set<pid_t> told;
  for (int round = 0; round < most_rounds; ++round) {
    const std::size_t before = told.size();
    for (const pid_t process : descendants_of(ancestor)) {
      if (told.insert(process).second) ::kill(process, number);
    }
    if (told.size() == before) return;
  }
}

void kill_orphans() {
  std::set<pid_t> told;
  for (int round = 0; round < most_rounds; ++round) {
    const std::size_t before = told.size();
    const auto children = children_by_parent();
    const auto [first, last] = children.equal_range(::getpid());
    for (auto child = first; child != last; ++child) {
      if (!runs_another_program(child->second)) continue;
      signal_descendants(child->second, SIGKILL);
      if (told.insert(child->second).second) ::kill(child->second, SIGKILL);
    }
    if (told.size() == before) return;
  }
}

void kill_own_descendants() {
  for (int round = 0; round < most_rounds && !reap_all(); ++round) {
    signal_descendants(::getpid(), SIGKILL);
    if (reap_all()) return;
    ::poll(nullptr, 0, round_ms);
  }
}

}  // namespace halfopen::io
