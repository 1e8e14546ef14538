#include "bench/job.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <string_view>

#include "base/error.h"

namespace halfopen::bench {
namespace {

/// Marks a result as the reason of a failure.
constexpr char failed = '!';

void write_all(int to, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(to, text.data(), text.size());
    if (count <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

}  // namespace

Job::Job(const std::function<std::string()>& work) {
  std::array<int, 2> pipe_ends{};
  check_system("make a pipe", pipe2(pipe_ends.data(), O_CLOEXEC));
  output_ = Descriptor(pipe_ends[0]);
  const Descriptor input(pipe_ends[1]);
  process_ = check_system("start a process", fork());
  if (process_ != 0) return;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  std::string text;
  try {
    text = work();
  } catch (const std::exception& failure) {
    text = failed + std::string(failure.what());
  }
  write_all(input.get(), text);
  _exit(0);  // what the parent made is the parent's to take down
}

Job::Job(const std::vector<std::string>& command)
    : Job([&]() -> std::string { become_quietly(command); }) {}

Job::~Job() {
  if (reaped_) return;
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
}

bool Job::running() {
  if (!reaped_) reaped_ = waitpid(process_, &status_, WNOHANG) == process_;
  return !reaped_;
}

int Job::exit_code() const { return WIFEXITED(status_) ? WEXITSTATUS(status_) : -1; }

double Job::processor_seconds() const {
  std::ifstream stream("/proc/" + std::to_string(process_) + "/stat");
  std::string word;
  while (stream >> word && !word.ends_with(')')) {  // the program's name (proc(5))
  }
  for (int field = 3; field < 14; ++field) stream >> word;
  double sum = 0;
  for (int field = 14; field <= 17; ++field) {
    double ticks = 0;
    stream >> ticks;
    sum += ticks;
  }
  return sum / static_cast<double>(sysconf(_SC_CLK_TCK));
}

bool Job::read_more() {
  std::array<char, 4096> buffer;
  const ssize_t count = read(output_.get(), buffer.data(), buffer.size());
  if (count > 0) text_.append(buffer.data(), static_cast<std::size_t>(count));
  return count > 0;
}

std::string Job::result() {
  while (read_more()) {
  }
  if (text_.starts_with(failed)) throw Error(text_.substr(1));
  return text_;
}

std::string Job::result(io::Loop& loop) {
  bool whole = false;
  const io::Watch watch(loop, output_.get(), UV_READABLE, [&](int) {
    if (read_more()) return;
    whole = true;
    loop.stop();
  });
  while (!whole) loop.run();  // others stop the loop, too
  return result();
}

void become(const std::vector<std::string>& command) {
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  throw_errno("start `" + command[0] + "`");
}

void become_quietly(const std::vector<std::string>& command) {
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  dup2(nowhere, STDOUT_FILENO);
  become(command);
}

}  // namespace halfopen::bench
