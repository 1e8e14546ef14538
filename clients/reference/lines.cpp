// Reading lines.
#include "lines.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

namespace reference {
namespace {

constexpr std::size_t limit = 1024UL * 1024;

}  // namespace

void Lines::read(const std::function<void(const std::string&)>& take) {
  std::array<char, 16UL * 1024> buffer;
  const ssize_t count = ::read(descriptor_, buffer.data(), buffer.size());
  if (count <= 0) {
    if (count == 0 || (errno != EINTR && errno != EAGAIN)) descriptor_ = -1;
    return;
  }
  for (const char c : std::string_view(buffer.data(), static_cast<std::size_t>(count))) {
    if (c == '\n') {
      const std::string whole = std::exchange(line_, {});
      if (!std::exchange(too_long_, false)) take(whole);
    } else if (line_.size() >= limit) {
      too_long_ = true;
      line_.clear();
    } else if (!too_long_) {
      line_ += c;
    }
  }
}

}  // namespace reference
