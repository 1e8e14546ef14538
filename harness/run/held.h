// What all connections of a run hold of what the client sends. Each of them is bounded, and so is
// their sum: a client may have thousands.
#pragma once

#include <cstddef>

namespace halfopen::run {

struct Held {
  /// Bytes of requests and messages whose end has not come, and of frames that wait for their turn.
  std::size_t unfinished = 0;
  std::size_t untaken = 0;      ///< Bytes of messages that wait for a step to take them.
  std::size_t compressors = 0;  ///< How many there are.
  std::size_t idle = 0;         ///< Bytes of empty buffers that are kept for what comes next.
  bool left_untaken = false;    ///< Some have been let go, and the trace says so.

  /// Of all connections together; whoever goes beyond is closed with 1009.
  static constexpr std::size_t most_unfinished = std::size_t{64} * 1024 * 1024;
  /// Of all connections together; whoever goes beyond lets the oldest go.
  static constexpr std::size_t most_untaken = std::size_t{64} * 1024 * 1024;
  /// Of all connections together; whoever goes beyond lets its own go.
  static constexpr std::size_t most_idle = std::size_t{16} * 1024 * 1024;
  /// Each takes 268 KiB; connections beyond send what they say as it is.
  static constexpr std::size_t most_compressors = 200;
  /// Whoever holds no more than this may do so even then: a client has 5,000 connections at most.
  static constexpr std::size_t little = std::size_t{4} * 1024;
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
  /// All together hold more than `most`, and this one has part in it.
  [[nodiscard]] bool is_too_much(std::size_t most) const {
    return sum_ > most && own_ > Held::little;
  }

 private:
  std::size_t& sum_;
  std::size_t own_ = 0;
};

}  // namespace halfopen::run
