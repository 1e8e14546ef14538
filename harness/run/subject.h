// One client under test, as the server's side knows it: its attempts, its look-ups, its reports.
#pragma once

#include <optional>
#include <string>

#include "run/attempts.h"
#include "run/awaited.h"
#include "run/connection_admission.h"
#include "run/ending.h"
#include "run/host.h"
#include "run/inside.h"
#include "run/look_ups.h"
#include "run/reports.h"

namespace halfopen::run {

class Subject final : private Listener {
 public:
  /// `number`: as events have it, from 1.
  Subject(const Context& context, Host& host, int number);
  Subject(Subject&&) = delete;

  // What happens to it: see Inside.
  Begun begin_attempt(Time now, const std::string& peer,
                      const std::optional<link::Address>& server);
  ResolverReply name_asked(Time now, const std::string& peer, dns::Transport transport,
                           ByteView message);
  void name_answered(Time now, const ResolverReply& reply);
  bool refuses_names_by_tcp(Time now);
  void went_past_proxy(Time now, const std::string& peer);
  void accepted(Time now, int attempt) { admission_.accepted(now, attempt); }
  void received(Time now, int attempt, ByteView bytes);
  void peer_finished(Time now, int attempt, By by);
  void peer_reset(Time now, int attempt, By by);
  void end_visible(Time now, int attempt, const trace::EndVisible& end);
  void link_struck(Time now, int attempt, const trace::FaultStruck& fault);
  void client_left(Time now, int attempt, trace::End how);
  void page_served(Time now);
  /// What it reports by that line, which is to be handed to reported(); none where it is its log.
  std::optional<trace::ClientEvent> printed(Time now, trace::Stream stream,
                                            const std::string& line) {
    return reports_.read(now, stream, line);
  }
  void reported(Time now, const trace::ClientEvent& event);
  void exited(Time now, const trace::ClientExited& exit);

  /// halfopen was late; `gives_back`: that was a standstill, and none of the client's time.
  void halfopen_was_late(Duration by, bool gives_back);
  void tick(Time now);
  /// The world has changed: what the client makes of it is to be seen.
  void settle_anew(Time now) {
    if (settling_since_) settling_since_ = now;
  }
  [[nodiscard]] std::optional<Time> deadline() const;
  /// To be called after everything that has happened: gives places to those who wait, and writes
  /// down which attempts are over.
  void settle(Time now);
  void let_go() { attempts_.let_go(host_.capacity()); }
  /// Its part of what the end of the run depends on, where `last_asked_for` is the last attempt
  /// that counts.
  void add_to(Progress& progress, int last_asked_for) const;
  /// The run is over: writes down what is still to be said.
  void finish(Time now);

  [[nodiscard]] int attempts() const { return attempts_.count(); }

 private:
  void message_came(Time now, int attempt, ByteView payload) override {
    reports_.message_came(now, attempt, payload);
  }
  void note_over(Time now);
  void note_memory();
  void note_settling(Time now);
  void note_broken(Time now);
  [[nodiscard]] bool waits_for_detection(int attempt) const;

  const Context& context_;
  Host& host_;
  int number_;
  Attempts attempts_;
  LookUps look_ups_;
  ConnectionAdmission admission_;
  Reports reports_;
  Awaited awaited_;
  int past_proxy_ = 0;  ///< How often it went past its proxy.
  bool memory_noted_ = false;
  std::optional<Time> exited_at_;
  std::optional<Time> step_failed_at_;
  std::optional<Time> broken_at_;  ///< More has come than is allowed.
  std::optional<Time> settling_since_;
};

}  // namespace halfopen::run
