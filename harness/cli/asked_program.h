// A program that is asked what it is.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

#include "base/descriptor.h"

namespace halfopen::cli {

/// What it has answered.
struct ProgramAnswer {
  std::string version;  ///< Such as "curl 7.88.1"; or "".
  std::string problem;  ///< Why there is none, or "".
};

/// `path --version`, started at once, so that several can be asked at the same time. What it prints
/// is text of others.
class AskedProgram {
 public:
  /// Throws Error where it cannot be started.
  explicit AskedProgram(const std::vector<std::string>& command);
  AskedProgram(const AskedProgram&) = delete;
  AskedProgram& operator=(const AskedProgram&) = delete;
  /// Ends it, with all that it has started.
  ~AskedProgram();

  /// Waits for the answer until then.
  [[nodiscard]] ProgramAnswer answer(std::chrono::steady_clock::time_point until);

 private:
  Descriptor output_;
  pid_t process_ = 0;
};

/// The first line of a program's output that has a version in it (digits, a dot, digits), as far as
/// the end of that: "curl 7.88.1". Else "".
[[nodiscard]] std::string version_in(const std::string& output);

}  // namespace halfopen::cli
