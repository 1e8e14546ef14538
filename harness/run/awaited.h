// What a run may still wait for, read off what is written down as it goes: a line that the client
// is to print, a Close frame that is asked for, a connection that it must fail or has lost, a
// report of its end.
#pragma once

#include <cstddef>

#include "run/attempts.h"
#include "run/close_reports.h"
#include "run/context.h"

namespace halfopen::run {

class Awaited {
 public:
  /// Both must outlive it.
  Awaited(const Context& context, Attempts& attempts)
      : context_(context), attempts_(attempts), close_reports_(context) {}

  /// Takes in what was written down since the last call.
  void follow_trace();
  /// A line of output or a Close frame has not come and may still come.
  [[nodiscard]] bool anything() const;
  /// It is open, and the link leaves the client to find out by itself that it is dead.
  [[nodiscard]] bool is_cut_off(const Attempt& attempt) const;
  /// To be called after everything that has happened.
  void note_silence();
  /// The first attempt whose open connection fell silent, where that is judged; 0: none. It decides
  /// what `detects` and `recovers` say, whether its attempt was asked for or not.
  [[nodiscard]] int first_silenced() const { return first_silenced_; }
  /// Until when the client may still report an end; none where nothing is missing.
  [[nodiscard]] std::optional<Time> report_awaited_until(int last_attempt) const {
    return close_reports_.awaited_until(last_attempt);
  }

 private:
  void follow(const trace::Event& event);
  void follow(const trace::LinkChanged& change);
  void client_closes(int attempt);
  /// The client must fail that connection for what has happened, which is judged as `invariant`.
  void must_be_failed(const trace::Event& event, std::string_view invariant);
  /// It was stopped, and its time goes on only now.
  void client_goes_on(Duration at);
  /// With the link's delay there and back.
  [[nodiscard]] Duration time_to_fail() const;
  [[nodiscard]] bool awaits_close() const;
  [[nodiscard]] bool judges_silence() const;

  const Context& context_;
  Attempts& attempts_;
  CloseReports close_reports_;
  std::size_t events_followed_ = 0;  ///< Of the trace.
  bool output_seen_ = false;         ///< The line that the client is to print.
  bool close_seen_ = false;          ///< A Close frame that `closes_with` speaks of.
  bool link_is_cut_ = false;
  int first_silenced_ = 0;
};

}  // namespace halfopen::run
