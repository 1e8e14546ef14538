#include "cli/asked_program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <sstream>
#include <system_error>

#include "base/error.h"
#include "io/net/process.h"

namespace halfopen::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// Nobody's version is longer.
constexpr std::size_t most_output = 64 * 1024;

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

/// Where the first word with a version in it ends; npos if there is none.
std::size_t end_of_version(const std::string& line) {
  for (std::size_t i = 1; i + 1 < line.size(); ++i)
    if (line[i] == '.' && is_digit(line[i - 1]) && is_digit(line[i + 1]))
      return std::min(line.find_first_of(" \t\r", i), line.size());
  return std::string::npos;
}

int milliseconds_until(Clock::time_point until) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
  return static_cast<int>(std::max<long>(0, left.count()));
}

/// Waits until there is something to read, or it is too late. (The broker's end of SIGCHLD
/// interrupts the wait.)
bool wait_for_output(int output, Clock::time_point until) {
  pollfd wanted{output, POLLIN, 0};
  int ready = -1;
  do ready = ::poll(&wanted, 1, milliseconds_until(until));
  while (ready < 0 && errno == EINTR);
  return ready > 0;
}

/// All that is printed until then, or until it has closed its output: then `ended`.
std::string read_output(int output, Clock::time_point until, bool& ended) {
  std::string text;
  std::array<char, 4096> piece{};
  while (text.size() < most_output && wait_for_output(output, until)) {
    const ssize_t count = ::read(output, piece.data(), piece.size());
    ended = count <= 0;
    if (ended) return text;
    text.append(piece.data(), static_cast<std::size_t>(count));
  }
  return text;
}

}  // namespace

std::string version_in(const std::string& output) {
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);)
    if (const std::size_t end = end_of_version(line); end != std::string::npos)
      return line.substr(0, end);
  return "";
}

AskedProgram::AskedProgram(const std::vector<std::string>& command) {
  io::Pipe pipe = io::make_pipe();
  std::vector<char*> words;
  words.reserve(command.size() + 1);
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, pipe.writing.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, pipe.writing.get(), STDERR_FILENO);
  posix_spawnattr_t attributes{};
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  const int error =
      ::posix_spawn(&process_, words[0], &actions, &attributes, words.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (error != 0) throw Error("start " + command[0], std::generic_category().message(error));
  output_ = std::move(pipe.reading);
}

AskedProgram::~AskedProgram() {
  if (process_ <= 0) return;
  ::kill(-process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

ProgramAnswer AskedProgram::answer(Clock::time_point until) {
  bool ended = false;
  const std::string output = read_output(output_.get(), until, ended);
  const std::string version = version_in(output);
  if (!version.empty()) return {version, ""};
  if (!ended) return {"", "it does not say its version in time"};
  const std::string first = output.substr(0, output.find('\n'));
  return {"", "it does not say its version" + (first.empty() ? "" : ", but: " + first)};
}

}  // namespace halfopen::cli
