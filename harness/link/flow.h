// Follows one TCP connection through the packet link: what each packet is (its place in the
// stream, its nth transmission), and how much of the stream has been delivered.
#pragma once

#include <cstdint>
#include <map>

#include "link/packet.h"
#include "link/pipeline.h"

namespace halfopen::link {

/// One direction of one connection. Memory is bounded (it forgets the oldest holes).
class HalfFlow {
 public:
  /// What this packet is, counting it as one more transmission.
  Identity identify(const Segment& segment, int attempt);
  /// The packet was handed to the receiving kernel.
  void delivered(const Segment& segment);
  /// Stream bytes delivered without a hole; the FIN counts as one byte more.
  [[nodiscard]] std::uint64_t contiguous() const { return contiguous_; }

 private:
  std::uint64_t offset_of(std::uint32_t sequence) const;

  bool seen_syn_ = false;
  std::uint32_t initial_ = 0;       ///< Sequence number of the first stream byte.
  std::uint64_t highest_ = 0;       ///< Stream offset behind the last byte ever sent.
  std::uint64_t contiguous_ = 0;
  std::map<std::uint64_t, std::uint64_t> islands_;  ///< Delivered beyond a hole: begin → end.
  std::map<std::uint64_t, int> transmissions_;      ///< Data: begin → how often sent.
  std::map<DropRule::Kind, int> ordinals_;
};

}  // namespace halfopen::link
