// The stream data that has reached one side: how much of it without a hole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

namespace halfopen::link {

class Received {
 public:
  /// Islands beyond a hole at most. No kernel queues that many; beyond it (a hostile peer) the
  /// oldest hole counts as filled.
  static constexpr std::size_t limit = 1024;

  /// The bytes [begin, end) were delivered.
  void add(std::uint64_t begin, std::uint64_t end);
  /// Bytes from the start of the stream without a hole.
  [[nodiscard]] std::uint64_t contiguous() const { return contiguous_; }
  [[nodiscard]] std::size_t islands() const { return islands_.size(); }

 private:
  void swallow();

  std::uint64_t contiguous_ = 0;
  std::map<std::uint64_t, std::uint64_t> islands_;  ///< Begin → end, beyond contiguous_.
};

}  // namespace halfopen::link
