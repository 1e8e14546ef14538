#include "cli/captured.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "base/descriptor.h"
#include "base/error.h"

namespace halfopen::tests {
namespace {

/// While it lives, what is written to a stream goes to a file.
class Capture {
 public:
  explicit Capture(std::FILE* stream)
      : stream_(stream),
        before_(check_system("keeping a stream", ::dup(::fileno(stream)))),
        file_(std::tmpfile()) {
    if (file_ == nullptr) throw_errno("opening a temporary file");
    std::fflush(stream_);
    check_system("redirecting a stream", ::dup2(::fileno(file_), ::fileno(stream_)));
  }
  Capture(const Capture&) = delete;
  Capture& operator=(const Capture&) = delete;
  ~Capture() {
    std::fflush(stream_);
    ::dup2(before_.get(), ::fileno(stream_));
    std::fclose(file_);
  }

  [[nodiscard]] std::string text() {
    std::fflush(stream_);
    std::rewind(file_);
    std::string text;
    for (int c = std::fgetc(file_); c != EOF; c = std::fgetc(file_)) text += static_cast<char>(c);
    return text;
  }

 private:
  std::FILE* stream_;
  Descriptor before_;
  std::FILE* file_;
};

}  // namespace

Captured run_command(AddCommand add, const std::vector<std::string>& words,
                     const std::string& folder) {
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder);
  cli::CommandLine line("a test");
  Captured captured;
  add(line);
  {
    Capture out(stdout);
    Capture err(stderr);
    captured.exit_code = line.run(words);
    captured.out = out.text();
    captured.err = err.text();
  }
  std::filesystem::current_path(before);
  return captured;
}

}  // namespace halfopen::tests
