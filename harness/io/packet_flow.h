// The TCP connections that the packet link carries: what it knows of each, and which one a packet
// belongs to.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "io/end_mark.h"
#include "link/flow.h"
#include "link/middlebox.h"
#include "link/packet.h"
#include "run/inside.h"

namespace halfopen::io {

/// Whether the window that one side offers is closed (RFC 9293, section 3.8.6.1).
struct WindowWatch {
  bool open = true;
  int changes = 0;  ///< A server that reads slowly closes and opens it all the time.
};

/// One TCP connection.
struct PacketFlow {
  int attempt = 0;
  run::Begun begun;                              ///< How the network answers its SYNs.
  int icmp_code = 0;                             ///< Of an unreachable port.
  bool vanished = false;                         ///< Its packets vanish, both ways.
  std::optional<std::uint64_t> vanishes_behind;  ///< So much of the server's stream comes before.
  std::uint32_t initial_sequence = 0;
  link::HalfFlow up;
  link::HalfFlow down;
  EndMark end;
  link::FlowEntry entry;  ///< In the middlebox.
  bool stalled = false;   ///< A packet was too large, and nobody was told.
  bool reset = false;     ///< Seen: nothing more comes.
  bool reset_by_middlebox = false;
  bool client_fin = false;  ///< Seen.
  bool server_fin = false;  ///< Seen.
  WindowWatch client_window;
  WindowWatch server_window;

  /// It vanishes, but the server has written so much of its stream before: that is delivered first.
  /// At once where it cannot be: the link swallows it, or the client does not read.
  void vanish_behind(std::uint64_t offset, bool swallowed);
  /// To be called whenever vanish_behind() may have what it waits for.
  void may_vanish();
  /// That segment of the server's was handed to the client's kernel.
  void delivered_to_client(const link::Segment& segment);
  /// No packet of it is expected any more.
  [[nodiscard]] bool over() const;
};

class PacketFlows {
 public:
  /// `inside` says which attempt a new connection belongs to.
  explicit PacketFlows(run::Inside& inside) : inside_(inside) {}

  /// The flow of a segment that goes in that direction, a new one for a client's first SYN; null if
  /// it belongs to none.
  std::shared_ptr<PacketFlow> of(link::Direction direction, const link::Segment& segment);
  /// The attempt's newest flow, or null.
  [[nodiscard]] PacketFlow* find(int attempt) const;
  /// The attempt of the connection from that peer ("192.0.2.10:34660"), or 0.
  [[nodiscard]] int attempt_of(const std::string& peer) const;
  void for_each(const std::function<void(PacketFlow&)>& visit) const;

 private:
  using Key = std::pair<link::Endpoint, link::Address>;  ///< Client's end, server's address.

  std::shared_ptr<PacketFlow> start(const Key& key, const link::Segment& segment);

  run::Inside& inside_;
  std::map<Key, std::shared_ptr<PacketFlow>> flows_;
  std::map<int, std::shared_ptr<PacketFlow>> by_attempt_;
  std::map<std::string, int> attempts_by_peer_;
};

}  // namespace halfopen::io
