// Follows one TCP connection through the packet link: what each packet is (its place in the
// stream, its nth transmission), and how much of the stream has been delivered.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "link/identity.h"
#include "link/packet.h"
#include "link/received.h"
#include "link/sent.h"

namespace halfopen::link {

/// One direction of one connection. Sequence numbers may wrap any number of times, and memory is
/// bounded whatever the peer sends (Sent::limit, Received::limit).
class HalfFlow {
 public:
  /// What this packet is, counting it as one more transmission. A SYN with another initial
  /// sequence number than before begins a new connection.
  Identity identify(const Segment& segment, int attempt);
  /// The packet was handed, whole and uncorrupted, to the receiving kernel.
  void delivered(const Segment& segment);
  /// Stream bytes put on the wire so far, whatever became of them.
  [[nodiscard]] std::uint64_t sent() const { return sent_.highest(); }
  /// Stream bytes delivered without a hole; the FIN counts as one byte more.
  [[nodiscard]] std::uint64_t contiguous() const { return received_.contiguous(); }

 private:
  void begin(const Segment& segment);
  /// Stream offset of a sequence number; nothing if no window reaches from here to there.
  [[nodiscard]] std::optional<std::uint64_t> offset_of(std::uint32_t sequence) const;
  /// Payload that is no stream data: a keep-alive probe, or something outside every window.
  [[nodiscard]] bool is_probe(const Segment& segment) const;
  [[nodiscard]] DropRule::Kind kind_of(const Segment& segment) const;

  bool begun_ = false;
  std::uint32_t initial_ = 0;         ///< Sequence number of the first stream byte.
  std::optional<std::uint64_t> fin_;  ///< Stream offset of the FIN, once it was sent.
  Sent sent_;
  Received received_;
  std::array<int, 7> ordinals_{};  ///< By kind; that of data is kept by sent_.
  int fins_ = 0;
  int count_ = 0;
};

}  // namespace halfopen::link
