// Collects the events of one run. Bounded: past a limit only the counts grow, so that a client
// which floods cannot make the trace unbounded.
#pragma once

#include <utility>

#include "base/time.h"
#include "trace/event.h"

namespace halfopen::trace {

class Recorder {
 public:
  /// `start`: the moment that event times are counted from.
  Recorder(Header header, Time start);

  /// Over is the last event: nothing is kept after it.
  void add(Time now, Body body, int attempt = 0, int line = 0);

  [[nodiscard]] const Trace& trace() const { return trace_; }
  /// Gives the trace up; the recorder is not to be used after.
  [[nodiscard]] Trace take() { return std::move(trace_); }
  [[nodiscard]] Time start() const { return start_; }
  /// Events that were not kept because the limit was reached.
  [[nodiscard]] std::uint64_t omitted() const { return omitted_; }

  static constexpr std::size_t limit = 200'000;

 private:
  void keep(Event event);

  Trace trace_;
  Time start_;
  std::uint64_t omitted_ = 0;
  bool over_ = false;
};

}  // namespace halfopen::trace
