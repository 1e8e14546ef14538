// Starts the built program as a process of its own, and tells how it went.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/descriptor.h"
#include "support/places.h"
#include "support/sanitized.h"

namespace halfopen::e2e {

/// The folder of the sources, the built program, and Python for the helper clients.
inline const std::string source_folder = tests::in_tree();
inline const std::string program_file = tests::in_build("halfopen");
inline const std::string python = "/usr/bin/python3";

/// How the program is started.
struct Start {
  std::vector<std::string> arguments;
  std::string directory = source_folder;
  std::vector<std::pair<std::string, std::string>> environment{};  ///< Beside what we have.
  std::vector<std::string> through{};  ///< A command that executes the rest of its arguments.
  std::string program = program_file;
};

/// How it ended.
struct Ended {
  int code = -1;   ///< Its exit code, or -1.
  int signal = 0;  ///< The signal that ended it, or 0.
  bool in_time = true;
  long peak_kib = 0;  ///< The largest resident set of it and the children that it waited for.
  std::string out;
  std::string err;

  /// Everything, for a failed assertion to show.
  [[nodiscard]] std::string whole() const;
};

/// A started program. It is killed by the destructor if it is still there.
class Program {
 public:
  explicit Program(const Start& start);
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program();

  [[nodiscard]] pid_t id() const { return id_; }
  /// What it has printed so far.
  [[nodiscard]] std::string out() const;
  [[nodiscard]] std::string err() const;
  void signal(int number) const;
  /// Waits for its end; kills it when that does not come.
  Ended wait(std::chrono::seconds patience = std::chrono::seconds(60));

 private:
  pid_t id_ = 0;
  Descriptor out_;
  Descriptor err_;
};

Ended run_program(const Start& start, std::chrono::seconds patience = std::chrono::seconds(60));

/// The same for everyday use: arguments only.
Ended run_halfopen(std::vector<std::string> arguments);

/// Waits until `done` says so, for so long; what it said last.
bool eventually(const std::function<bool()>& done,
                std::chrono::seconds patience = std::chrono::seconds(20));

using tests::sanitized;

/// The command line of a Python helper in tests/e2e/clients.
std::string helper(const std::string& arguments);

}  // namespace halfopen::e2e
