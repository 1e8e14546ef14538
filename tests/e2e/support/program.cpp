#include "support/program.h"

#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <thread>

#include "base/error.h"
#include "io/net/process.h"

namespace halfopen::e2e {
namespace {

Descriptor memory_file(const char* name) {
  return Descriptor(check_system("make a file in memory", ::memfd_create(name, MFD_CLOEXEC)));
}

std::string contents(const Descriptor& file) {
  std::string text;
  std::array<char, 65536> part{};
  while (true) {
    const ssize_t count =
        ::pread(file.get(), part.data(), part.size(), static_cast<off_t>(text.size()));
    if (count <= 0) return text;
    text.append(part.data(), static_cast<std::size_t>(count));
  }
}

[[noreturn]] void become(const Start& start, int out, int err) {
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  std::vector<std::string> words = start.through;
  words.push_back(start.program);
  words.insert(words.end(), start.arguments.begin(), start.arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  for (const auto& [name, value] : start.environment) ::setenv(name.c_str(), value.c_str(), 1);
  if (::chdir(start.directory.c_str()) == 0) ::execvp(pointers[0], pointers.data());
  ::_exit(126);
}

}  // namespace

std::string Ended::whole() const {
  return "exit code " + std::to_string(code) + ", signal " + std::to_string(signal) +
         (in_time ? "" : ", killed by the test: too late") + "\nstandard output:\n" +
         out.substr(0, 6000) + "\nstandard error:\n" + err.substr(0, 6000);
}

Program::Program(const Start& start) : out_(memory_file("out")), err_(memory_file("err")) {
  id_ = check_system("start a process", ::fork());
  if (id_ == 0) become(start, out_.get(), err_.get());
}

Program::~Program() {
  if (id_ == 0) return;
  ::kill(id_, SIGKILL);
  ::waitpid(id_, nullptr, 0);
}

std::string Program::out() const { return contents(out_); }
std::string Program::err() const { return contents(err_); }

void Program::signal(int number) const { ::kill(id_, number); }

Ended Program::wait(std::chrono::seconds patience) {
  Ended ended;
  const Descriptor descriptor = io::process_descriptor(id_);
  pollfd polled{descriptor.get(), POLLIN, 0};
  const auto milliseconds = std::chrono::milliseconds(patience).count();
  ended.in_time = ::poll(&polled, 1, static_cast<int>(milliseconds)) == 1;
  if (!ended.in_time) ::kill(id_, SIGKILL);
  int status = 0;
  rusage usage{};
  check_system("wait for a process", ::wait4(std::exchange(id_, 0), &status, 0, &usage));
  if (WIFEXITED(status)) ended.code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
  ended.peak_kib = usage.ru_maxrss;
  ended.out = out();
  ended.err = err();
  return ended;
}

Ended run_program(const Start& start, std::chrono::seconds patience) {
  return Program(start).wait(patience);
}

Ended run_halfopen(std::vector<std::string> arguments) {
  return run_program({.arguments = std::move(arguments)});
}

bool eventually(const std::function<bool()>& done, std::chrono::seconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!done()) {
    if (std::chrono::steady_clock::now() > end) return done();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

std::string helper(const std::string& arguments) {
  return python + " " + source_folder + "/tests/e2e/clients/" + arguments;
}

}  // namespace halfopen::e2e
