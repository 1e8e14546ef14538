#include "cli/output.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>

#include "base/bytes.h"
#include "base/error.h"

namespace halfopen::cli {

void open_standard_streams() {
  for (int number = STDIN_FILENO; number <= STDERR_FILENO; ++number) {
    // The lowest free number is this one.
    if (::fcntl(number, F_GETFD) < 0 && ::open("/dev/null", O_RDWR) != number) ::_exit(1);
  }
}

void to_stderr(std::string_view text) {
  // Not one half before and one half after what somebody else writes.
  if (std::fwrite(text.data(), 1, text.size(), stderr) != text.size()) std::clearerr(stderr);
}

void complain(std::string_view text) { to_stderr(printable_lines(text) + "\n"); }

bool output_is_complete() {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return true;
  complain("halfopen: write to standard output: " + reason_of(errno));
  return false;
}

}  // namespace halfopen::cli
