#include "io/key_log_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace halfopen::io {
namespace {

std::string named_by_environment() {
  const char* const file = std::getenv("SSLKEYLOGFILE");
  return file == nullptr ? "" : file;
}

}  // namespace

KeyLogFile::KeyLogFile() : KeyLogFile(named_by_environment()) {}

// A pipe that nobody reads must not keep the loop waiting, neither here nor later.
KeyLogFile::KeyLogFile(const std::string& file) : file_(file) {
  if (file_.empty()) return;
  constexpr int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
  descriptor_ = Descriptor(::open(file_.c_str(), flags, 0600));
  if (!descriptor_) give_up();
}

void KeyLogFile::add(std::string_view line) {
  if (!descriptor_) return;
  const std::string text = std::string(line) + "\n";
  const ssize_t written = ::write(descriptor_.get(), text.data(), text.size());
  if (written < 0 && errno != EINTR && errno != EAGAIN) give_up();
}

void KeyLogFile::give_up() {
  problem_ = Error("write `" + file_ + "` (SSLKEYLOGFILE)", reason_of(errno));
  descriptor_.reset();
}

}  // namespace halfopen::io
