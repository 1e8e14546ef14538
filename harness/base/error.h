// The one exception of halfopen: something that the user should read.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace halfopen {

/// An attempt that failed. what() reads "what was attempted: why it failed".
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
  Error(std::string_view attempt, std::string_view why)
      : std::runtime_error(std::string(attempt) + ": " + std::string(why)) {}
};

/// Passes on the result of a system call; throws Error("attempt: strerror(errno)") if it is
/// negative.
template <class T>
T check_system(std::string_view attempt, T result);

[[noreturn]] void throw_errno(std::string_view attempt);

/// What errno says, with what helps where that is known.
[[nodiscard]] std::string reason_of(int number);
/// What helps where there are too few descriptors.
inline constexpr const char* more_files = "raise the limit of open files: ulimit -n 4096";

template <class T>
T check_system(std::string_view attempt, T result) {
  if (result < 0) throw_errno(attempt);
  return result;
}

}  // namespace halfopen
