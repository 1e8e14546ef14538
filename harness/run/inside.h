// What comes to the core of a run. The one interface by which io tells it what has happened, as
// Outside is the one by which the core acts; each call says when.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/time.h"
#include "dns/message.h"
#include "link/packet.h"
#include "run/by.h"
#include "run/resolver.h"
#include "trace/event.h"

namespace halfopen::run {

/// How a new connection is received.
struct Begun {
  int attempt = 0;  ///< The attempt that it belongs to; 0: none, it is left alone.
  trace::Port port = trace::Port::open;
  link::Unreachable why = link::Unreachable::host;  ///< Of an unreachable port.
  int unanswered = 0;                               ///< So many SYNs are dropped first.
  bool vanishes = false;                            ///< All packets of this connection vanish.
};

class Inside {
 public:
  virtual ~Inside() = default;

  // ── the network ──
  /// A new connection was seen (its first SYN), to that address of the server where it may have
  /// several: says which attempt it belongs to, a new one as a rule, and how the network answers.
  virtual Begun begin_attempt(Time now, const std::string& peer,
                              const std::optional<link::Address>& server) = 0;
  /// A query reached the resolver.
  virtual ResolverReply name_asked(Time now, const std::string& peer, dns::Transport transport,
                                   ByteView message) = 0;
  /// That reply has been sent, or its query left without one.
  virtual void name_answered(Time now, const ResolverReply& reply) = 0;
  /// A TCP connection to the resolver was seen (its first SYN): whether it is refused.
  virtual bool refuses_names_by_tcp(Time now) = 0;
  /// The client goes to the server itself, past the proxy that it is pointed at. It gets nowhere.
  virtual void went_past_proxy(Time now, const std::string& peer) = 0;
  /// The server's kernel has accepted the attempt's connection.
  virtual void accepted(Time now, int attempt) = 0;
  virtual void received(Time now, int attempt, ByteView bytes) = 0;
  /// FIN and RST that have come to the server, and whose they were.
  virtual void peer_finished(Time now, int attempt, By by) = 0;
  virtual void peer_reset(Time now, int attempt, By by) = 0;
  /// What Outside::mark_end marked, or the network's own refusal, has been delivered.
  virtual void end_visible(Time now, int attempt, const trace::EndVisible& end) = 0;
  /// The link did something to the attempt by itself.
  virtual void link_struck(Time now, int attempt, const trace::FaultStruck& fault) = 0;
  /// The client's FIN or RST left the client.
  virtual void client_left(Time now, int attempt, trace::End how) = 0;

  // ── the client ──
  /// The client fetched its page. `within` and [[at]] count from the first time, not from the
  /// start of the browser, which may take long.
  virtual void page_served(Time now) = 0;
  /// A line of its output, without the newline.
  virtual void client_printed(Time now, trace::Stream stream, const std::string& line) = 0;
  virtual void client_exited(Time now, const trace::ClientExited& exit) = 0;

  // ── halfopen itself, and the time ──
  /// Something was lost that should not have been: the run cannot be judged.
  virtual void unreliable(Time now, const std::string& why) = 0;
  /// The machine had no time for halfopen. To be called before tick().
  virtual void halfopen_was_late(Time now, Duration by) = 0;
  /// The time has come that the core waits for.
  virtual void tick(Time now) = 0;
};

}  // namespace halfopen::run
