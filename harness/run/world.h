// The core of a run as a state machine: the world around the clients, with its link, its hosts and
// its clock. It takes what happens (connections, bytes, what a client reports, the time) and does
// what the scenario says through Outside. It does no I/O and reads no clock, so hours of backoff
// are tested in microseconds.
#pragma once

#include <optional>
#include <string>

#include "run/changes.h"
#include "run/context.h"
#include "run/ending.h"
#include "run/host.h"
#include "run/inside.h"
#include "run/subject.h"

namespace halfopen::run {

/// The number of a client that is the only one of its run, as events have it.
inline constexpr int only_client = 1;

class World final : public Inside {
 public:
  /// What the context refers to must outlive the world.
  World(const Context& context, Site site, Time start);

  Begun begin_attempt(Time now, const std::string& peer,
                      const std::optional<link::Address>& server = {}) override;
  ResolverReply name_asked(Time now, const std::string& peer, dns::Transport transport,
                           ByteView message) override;
  void name_answered(Time now, const ResolverReply& reply) override;
  bool refuses_names_by_tcp(Time now) override;
  void went_past_proxy(Time now, const std::string& peer) override;
  void accepted(Time now, int attempt) override;
  void received(Time now, int attempt, ByteView bytes) override;
  void peer_finished(Time now, int attempt, By by = By::client) override;
  void peer_reset(Time now, int attempt, By by = By::client) override;
  void end_visible(Time now, int attempt, const trace::EndVisible& end) override;
  void link_struck(Time now, int attempt, const trace::FaultStruck& fault) override;
  void client_left(Time now, int attempt, trace::End how) override;
  void page_served(Time now) override;
  void client_printed(Time now, trace::Stream stream, const std::string& line) override;
  void client_exited(Time now, const trace::ClientExited& exit) override;
  void unreliable(Time now, const std::string& why) override;
  void halfopen_was_late(Time now, Duration by) override;
  void tick(Time now) override;

  /// The client has reported something.
  void client_reported(Time now, const trace::ClientEvent& event);
  /// When tick() is to be called, if nothing happens before. Always set until the run is over.
  [[nodiscard]] Time deadline() const;
  /// Why the run is over; none while it is not.
  [[nodiscard]] std::optional<trace::Ended> over() const { return over_; }
  /// When it will be over at the latest.
  [[nodiscard]] Time latest_end() const { return ending_.latest(); }
  /// Ends the run: writes down the last things.
  void finish(Time now) { subject_.finish(now); }
  /// Behind that: frees so many connections at most; false once there are none.
  bool close_some(std::size_t most) { return subject_.close_some(most); }

  [[nodiscard]] int attempts() const { return subject_.attempts(); }

 private:
  void after(Time now);
  [[nodiscard]] Progress progress() const;

  Context context_;
  Host host_;
  Subject subject_;
  Ending ending_;
  Changes changes_;
  bool page_served_ = false;
  bool unreliable_ = false;  ///< That has been written down.
  std::optional<trace::Ended> over_;
};

}  // namespace halfopen::run
