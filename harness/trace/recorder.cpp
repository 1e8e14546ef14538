#include "trace/recorder.h"

#include <utility>

#include "trace/codec.h"

namespace halfopen::trace {

Recorder::Recorder(Header header, Time start) : trace_{std::move(header), {}}, start_(start) {}

void Recorder::add(Time now, Body body, int attempt, int line) {
  if (over_) return;
  over_ = std::holds_alternative<Over>(body);
  const bool last = std::holds_alternative<Over>(body) || std::holds_alternative<LinkSummary>(body);
  if (trace_.events.size() >= limit && !last) {
    ++omitted_;
    return;
  }
  if (std::holds_alternative<Over>(body) && omitted_ > 0)
    keep({now - start_, 0, 0,
          Unreliable{std::to_string(omitted_) + " events were too many to keep"}});
  keep({now - start_, attempt, line, std::move(body)});
}

void Recorder::keep(Event event) {
  tidy(event);
  trace_.events.push_back(std::move(event));
}

}  // namespace halfopen::trace
