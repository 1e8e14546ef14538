#include "io/net/command.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "io/net/capabilities.h"
#include "io/net/process.h"

namespace halfopen::io {
namespace {

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> environment_of(const SpawnRequest& request) {
  std::vector<std::string> lines;
  lines.reserve(request.environment.size());
  for (const auto& [name, value] : request.environment) {
    lines.push_back(name);
    lines.back().append("=").append(value);
  }
  return lines;
}

/// Replaces this process by the command; throws if that fails.
void execute(const SpawnRequest& request, const std::array<int, 3>& standard,
             const rlimit& file_limit) {
  ::setsid();
  check_system("set the limit of open files", ::setrlimit(RLIMIT_NOFILE, &file_limit));
  for (int place = 0; place < 3; ++place) {
    check_system("set up standard streams",
                 ::dup2(standard[static_cast<std::size_t>(place)], place));
  }
  if (!request.directory.empty()) {
    check_system("enter `" + request.directory + "`", ::chdir(request.directory.c_str()));
  }
  std::vector<std::string> words = request.command;
  std::vector<std::string> lines = environment_of(request);
  const std::vector<char*> arguments = pointers_to(words);
  std::vector<char*> variables = pointers_to(lines);
  environ = variables.data();  // also where execvp finds the PATH
  reset_signals();
  drop_capabilities(request.may_capture && request.world != 0);
  ::execvp(arguments.front(), arguments.data());
  throw_errno("start `" + request.command.front() + "`");
}

/// Reads until the other end is closed.
std::string read_all(const Descriptor& pipe) {
  std::string text;
  std::array<char, 512> part{};
  while (true) {
    const ssize_t count = ::read(pipe.get(), part.data(), part.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return text;
    text.append(part.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace

pid_t start_command(const SpawnRequest& request, const std::array<int, 3>& standard,
                    const rlimit& file_limit) {
  // The writing end is closed by a successful exec: silence means that the command runs.
  Pipe problem = make_pipe();
  const pid_t process = check_system("start a process", ::fork());
  if (process == 0) {
    try {
      execute(request, standard, file_limit);
    } catch (const std::exception& failure) {
      const std::string text = failure.what();
      if (::write(problem.writing.get(), text.data(), text.size()) < 0) ::_exit(126);
    }
    ::_exit(127);
  }
  problem.writing.reset();
  const std::string text = read_all(problem.reading);
  if (text.empty()) return process;
  ::waitpid(process, nullptr, 0);
  throw Error(text);
}

}  // namespace halfopen::io
