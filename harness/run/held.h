// What all connections of a run hold of what the client sends. Each of them is bounded, and so is
// their sum: a client may have thousands.
#pragma once

#include <cstddef>

namespace halfopen::run {

struct Held {
  std::size_t unfinished = 0;  ///< Bytes of messages whose end has not come.

  /// Of all connections together; whoever goes beyond is closed with 1009.
  static constexpr std::size_t most_unfinished = std::size_t{64} * 1024 * 1024;
  /// Bytes that the client does not read, of all connections together; whoever asks for more is
  /// closed with 1011.
  static constexpr std::size_t most_unsent = std::size_t{64} * 1024 * 1024;
};

/// One connection's share of it; given back when it goes.
class Share {
 public:
  explicit Share(std::size_t& sum) : sum_(sum) {}
  Share(Share&&) = delete;
  ~Share() { set(0); }
  void set(std::size_t bytes) {
    sum_ += bytes - own_;
    own_ = bytes;
  }
  [[nodiscard]] std::size_t own() const { return own_; }

 private:
  std::size_t& sum_;
  std::size_t own_ = 0;
};

}  // namespace halfopen::run
