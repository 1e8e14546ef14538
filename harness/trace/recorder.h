// Collects the events of one run. Bounded: events that may come in any number have budgets
// (trace/noise.h), past which they are counted only, so that a client which floods can neither make
// the trace unbounded nor crowd out what its verdict rests on.
#pragma once

#include <array>
#include <functional>
#include <utility>

#include "base/time.h"
#include "trace/event.h"
#include "trace/noise.h"

namespace halfopen::trace {

class Recorder {
 public:
  /// `start`: the moment that event times are counted from.
  Recorder(Header header, Time start);

  /// Over is the last event: nothing is kept after it. `client`: whom it is about, where it is
  /// about none of its attempts.
  void add(Time now, Body body, int attempt = 0, int line = 0, int client = 0);
  /// Tells `listener` of every event that is kept, at once.
  void on_keep(std::function<void(const Event& event)> listener) { on_keep_ = std::move(listener); }
  /// How many events there are.
  [[nodiscard]] std::size_t size() const { return trace_.events.size(); }
  /// The event with that index turns out to be that, of that attempt.
  void reread(std::size_t index, Body body, int attempt);
  /// That attempt is that client's, and so is every event of it.
  void belongs(int attempt, int client);
  /// Something of that kind has come that is not even looked at. Where the client made it, its
  /// first time is a violation of `no-flood`, and that client's.
  void leave_out(Time now, Noise kind, int client);

  [[nodiscard]] const Trace& trace() const { return trace_; }
  /// Gives the trace up; the recorder is not to be used after.
  [[nodiscard]] Trace take() { return std::move(trace_); }
  [[nodiscard]] Time start() const { return start_; }
  /// Events of that kind that were not kept.
  [[nodiscard]] std::uint64_t omitted(Noise kind) const { return of(kind).omitted; }

  /// Of the events that are no noise. What makes so many of them is not known.
  static constexpr std::size_t limit = 300'000;

 private:
  struct Spent {
    std::size_t events = 0;
    std::size_t bytes = 0;
    std::uint64_t omitted = 0;
  };
  static constexpr std::size_t kinds = static_cast<std::size_t>(Noise::messages) + 1;

  [[nodiscard]] Spent& of(Noise kind) { return spent_.at(static_cast<std::size_t>(kind)); }
  [[nodiscard]] const Spent& of(Noise kind) const {
    return spent_.at(static_cast<std::size_t>(kind));
  }
  [[nodiscard]] bool affords(Noise kind, std::size_t bytes);
  [[nodiscard]] bool takes(Time now, const Body& body, int client);
  void trim(Time now, Body& body, int client);
  void say_what_is_left_out(Time now);
  void keep(Event event);
  [[nodiscard]] int client_of(int attempt) const;

  Trace trace_;
  Time start_;
  std::array<Spent, kinds> spent_{};
  std::size_t others_ = 0;  ///< Events kept that are no noise.
  std::uint64_t others_omitted_ = 0;
  std::vector<int> clients_;  ///< By attempt, the first at 1; as far as that was said.
  bool over_ = false;
  std::function<void(const Event& event)> on_keep_;
};

}  // namespace halfopen::trace
