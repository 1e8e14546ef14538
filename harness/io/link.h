// What lies between the client and the fake server during a live run: the packet link or the
// stream link, behind one face.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "link/settings.h"
#include "run/by.h"
#include "trace/event.h"

namespace halfopen::io {

/// The client's own network device, as a link disturbs it.
class ClientNetwork {
 public:
  virtual ~ClientNetwork() = default;
  /// Switches the device off or on.
  virtual void switch_device(bool up) = 0;
  /// Gives the client another address.
  virtual void readdress() = 0;
};

class Link {
 public:
  virtual ~Link() = default;

  virtual void change(const link::Change& change) = 0;
  /// Whether all packets of that direction vanish at the moment.
  [[nodiscard]] virtual bool swallows(link::Direction direction) const = 0;
  /// From now on every packet of that attempt's connection vanishes, both ways; but `offset` bytes
  /// of the server's stream, which it wrote before, still reach the client.
  virtual void vanish(int attempt, std::uint64_t offset) = 0;
  /// The client can see the end of the attempt once `offset` bytes of the server's stream (and the
  /// FIN or RST, if `end.how` says so) have been delivered. Only the first mark of an attempt
  /// counts.
  virtual void mark_end(int attempt, const trace::EndVisible& end, std::uint64_t offset) = 0;
  /// The attempt that a connection which the server accepted belongs to; 0 for none.
  [[nodiscard]] virtual int attempt_of(const std::string& peer) const = 0;
  /// Who sent the FIN or RST that reached the server on that attempt's connection.
  [[nodiscard]] virtual run::By ended_by(int /*attempt*/) const { return run::By::client; }
  /// Closes so many of its own connections at most; false once there are none.
  virtual bool close_some(std::size_t /*most*/) { return false; }
  /// What went through: client → server, then server → client.
  [[nodiscard]] virtual std::array<trace::LinkSummary, 2> summaries() const = 0;
};

}  // namespace halfopen::io
