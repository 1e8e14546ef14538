// What lies between the client and the fake server during a live run: the packet link or the
// stream link, behind one face.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "run/session.h"
#include "trace/event.h"

namespace halfopen::io {

/// What a link tells its run. All are called on the loop.
struct LinkHooks {
  /// `server` is the address that the client connects to; none where it cannot choose.
  std::function<run::Session::Begun(const std::string& peer,
                                    const std::optional<link::Address>& server)>
      begin_attempt;
  /// A first SYN to the resolver: whether it is refused. Empty where there is no resolver.
  std::function<bool()> refuses_names_by_tcp;
  /// A first SYN to the server itself, where the client is pointed at a proxy.
  std::function<void(const std::string& peer)> went_past_proxy;
  std::function<void(int attempt, const trace::EndVisible& end)> end_visible;
  std::function<void(int attempt, trace::End how)> client_left;
  /// The link did something to the attempt by itself.
  std::function<void(int attempt, const trace::FaultStruck& fault)> struck;
  /// Something happened that makes the run unreliable.
  std::function<void(const std::string& why)> unreliable;
};

class Link {
 public:
  virtual ~Link() = default;

  virtual void change(const link::Change& change) = 0;
  /// Whether all packets of that direction vanish at the moment.
  [[nodiscard]] virtual bool swallows(link::Direction direction) const = 0;
  virtual void vanish(int attempt) = 0;
  /// The client can see the end of the attempt once `offset` bytes of the server's stream (and the
  /// FIN or RST, if `end.how` says so) have been delivered. Only the first mark of an attempt
  /// counts.
  virtual void mark_end(int attempt, const trace::EndVisible& end, std::uint64_t offset) = 0;
  /// The attempt that a connection which the server accepted belongs to; 0 for none.
  [[nodiscard]] virtual int attempt_of(const std::string& peer) const = 0;
  /// Who sent the FIN or RST that reached the server on that attempt's connection.
  [[nodiscard]] virtual run::By ended_by(int /*attempt*/) const { return run::By::client; }
  /// What went through: client → server, then server → client.
  [[nodiscard]] virtual std::array<trace::LinkSummary, 2> summaries() const = 0;
};

}  // namespace halfopen::io
