// Work in a process of its own, so that what is measured and what measures it do not share a core
// or a loop.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

#include "base/descriptor.h"
#include "io/loop/loop.h"

namespace halfopen::bench {

class Job {
 public:
  /// Forks; the process ends with the work. What the work returns is the job's result.
  explicit Job(const std::function<std::string()>& work);
  /// Another program, looked up in the PATH; its standard output goes to /dev/null.
  explicit Job(const std::vector<std::string>& command);
  Job(Job&&) = delete;
  /// Kills it if it still runs.
  ~Job();

  /// Waits for the work's result. Throws Error if it failed.
  [[nodiscard]] std::string result();
  /// As result(), and lets the loop go on meanwhile.
  [[nodiscard]] std::string result(io::Loop& loop);

  /// Whether it has not ended yet.
  [[nodiscard]] bool running();
  /// Once it has ended; -1 where a signal ended it.
  [[nodiscard]] int exit_code() const;
  /// Processor time so far, with that of its children that have ended.
  [[nodiscard]] double processor_seconds() const;
  [[nodiscard]] pid_t process() const { return process_; }

 private:
  bool read_more();

  pid_t process_ = -1;
  Descriptor output_;
  std::string text_;
  bool reaped_ = false;
  int status_ = 0;
};

/// Replaces this process by the command, as exec does. Throws Error if it cannot.
[[noreturn]] void become(const std::vector<std::string>& command);
/// The same, with its standard output to /dev/null.
[[noreturn]] void become_quietly(const std::vector<std::string>& command);

}  // namespace halfopen::bench
