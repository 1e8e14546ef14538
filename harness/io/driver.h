// Drives the core of a live run: hands it what happens and the time when that is due, and asks it
// after each input whether the run is over.
#pragma once

#include <string>

#include "io/loop/loop.h"
#include "run/world.h"

namespace halfopen::io {

class Driver final : public run::Inside {
 public:
  /// The run that is driven.
  class Run {
   public:
    virtual ~Run() = default;
    /// The client has made its first attempt, or tried to.
    virtual void began() = 0;
    /// The core has nothing left to decide. Called within any of the inputs below.
    virtual void decided(trace::Ended why) = 0;
  };

  Driver(Loop& loop, Run& run) : run_(run), deadline_(loop) {}

  /// From here on there is a core, which must outlive the inputs.
  void drive(run::World& core) { core_ = &core; }
  /// Asks the core, and waits for what it waits for.
  void settle();
  /// Nothing is decided any more. What comes on the connections is still answered, so that a client
  /// which is asked to go can say goodbye.
  void stop();

  run::Begun begin_attempt(Time now, const std::string& peer,
                           const std::optional<link::Address>& server) override;
  run::ResolverReply name_asked(Time now, const std::string& peer, dns::Transport transport,
                                ByteView message) override;
  void name_answered(Time now, const run::ResolverReply& reply) override;
  bool refuses_names_by_tcp(Time now) override;
  void went_past_proxy(Time now, const std::string& peer) override;
  void accepted(Time now, int attempt) override;
  void received(Time now, int attempt, ByteView bytes) override;
  void peer_finished(Time now, int attempt, run::By by) override;
  void peer_reset(Time now, int attempt, run::By by) override;
  void end_visible(Time now, int attempt, const trace::EndVisible& end) override;
  void link_struck(Time now, int attempt, const trace::FaultStruck& fault) override;
  void client_left(Time now, int attempt, trace::End how) override;
  void page_served(Time now) override;
  void client_printed(Time now, trace::Stream stream, const std::string& line) override;
  void client_exited(Time now, const trace::ClientExited& exit) override;
  void unreliable(Time now, const std::string& why) override;
  void halfopen_was_late(Time now, Duration by) override;
  void tick(Time now) override;

 private:
  Run& run_;
  run::World* core_ = nullptr;
  Timer deadline_;
  bool stopped_ = false;
};

}  // namespace halfopen::io
