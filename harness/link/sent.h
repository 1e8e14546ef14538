// The stream data that one side has sent: which segment was the how-manieth, and how often each
// byte went out, however the sender splits and merges its retransmissions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>

namespace halfopen::link {

class Sent {
 public:
  /// Segments remembered at most, the newest; 128 KiB of them.
  static constexpr std::size_t limit = 4096;

  struct Transmission {
    std::uint64_t position = 0;  ///< Where the segment begins.
    int ordinal = 0;             ///< Of its first transmission, from 1; 0: forgotten.
    int nth = 1;                 ///< How often its first byte has gone out, with this time.
  };

  /// Counts one more transmission of the bytes [begin, end); begin < end.
  Transmission send(std::uint64_t begin, std::uint64_t end);

  /// Behind the last byte ever sent.
  [[nodiscard]] std::uint64_t highest() const { return highest_; }
  /// Whether a remembered segment begins there.
  [[nodiscard]] bool begins_at(std::uint64_t offset) const;
  [[nodiscard]] std::size_t remembered() const { return ranges_.size(); }

 private:
  struct Range {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    int ordinal = 0;
    int times = 0;
  };
  using Ranges = std::deque<Range>;

  [[nodiscard]] Ranges::iterator from(std::uint64_t offset);
  void split_at(std::uint64_t offset);
  Transmission append(std::uint64_t begin, std::uint64_t end);
  Transmission resend(std::uint64_t begin, std::uint64_t end);
  void forget_oldest();

  Ranges ranges_;  ///< Sorted, disjoint.
  std::uint64_t highest_ = 0;
  std::uint64_t forgotten_ = 0;  ///< Below this offset ranges may have been forgotten.
  int ordinals_ = 0;
};

}  // namespace halfopen::link
