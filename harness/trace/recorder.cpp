#include "trace/recorder.h"

#include <string>
#include <utility>

#include "base/bytes.h"
#include "trace/codec.h"

namespace halfopen::trace {
namespace {

std::vector<std::pair<std::string, std::string>>* headers_of(Body& body) {
  if (auto* request = std::get_if<Request>(&body)) return &request->headers;
  if (auto* asked = std::get_if<ProxyAsked>(&body)) return &asked->headers;
  return nullptr;
}

std::string too_many(Noise kind) {
  const Budget budget = budget_of(kind);
  std::string text =
      "more than " + std::to_string(budget.events) + " " + std::string(in_words(kind));
  if (kind != Noise::attempts)
    text += ", or " + std::to_string(budget.bytes / (1024 * 1024)) + " MiB of them";
  return text + ", in one run";
}

}  // namespace

Recorder::Recorder(Header header, Time start) : trace_{std::move(header), {}}, start_(start) {}

void Recorder::add(Time now, Body body, int attempt, int line, int client) {
  if (over_) return;
  const int whose = attempt == 0 ? client : client_of(attempt);
  if (std::holds_alternative<Over>(body)) {
    say_what_is_left_out(now);
    over_ = true;
  } else {
    if (!takes(now, body, whose)) return;
    trim(now, body, whose);
  }
  keep({now - start_, attempt, line, std::move(body), whose});
}

void Recorder::reread(std::size_t index, Body body, int attempt) {
  Event& event = trace_.events.at(index);
  event.body = std::move(body);
  event.attempt = attempt;
}

void Recorder::belongs(int attempt, int client) {
  const auto at = static_cast<std::size_t>(attempt);
  if (clients_.size() <= at) clients_.resize(at + 1);
  clients_[at] = client;
}

int Recorder::client_of(int attempt) const {
  const auto at = static_cast<std::size_t>(attempt);
  return at < clients_.size() ? clients_[at] : 0;
}

/// Whether there is room for one more of a kind, which is used up.
bool Recorder::affords(Noise kind, std::size_t bytes) {
  const Budget budget = budget_of(kind);
  Spent& spent = of(kind);
  if (spent.events >= budget.events || spent.bytes + bytes > budget.bytes) return false;
  ++spent.events;
  spent.bytes += bytes;
  return true;
}

bool Recorder::takes(Time now, const Body& body, int client) {
  if (const auto kind = noise_in(body)) {
    // Once one was left out none is kept: what is there is the beginning, without holes.
    const bool kept = of(*kind).omitted == 0 && affords(*kind, text_in(body));
    if (!kept) leave_out(now, *kind, client);
    return kept;
  }
  const bool last = std::holds_alternative<LinkSummary>(body);
  if (others_ >= limit && !last) {
    ++others_omitted_;
    return false;
  }
  ++others_;
  return true;
}

/// A request is kept, but not all that thousands of them say.
void Recorder::trim(Time now, Body& body, int client) {
  auto* headers = headers_of(body);
  if (headers == nullptr || affords(Noise::headers, text_in(body))) return;
  release(*headers);
  leave_out(now, Noise::headers, client);
}

void Recorder::leave_out(Time now, Noise kind, int client) {
  if (over_) return;
  if (of(kind).omitted++ > 0 || !is_the_clients(kind)) return;
  keep({now - start_, 0, 0, Violation{"no-flood", too_many(kind)}, client});
}

void Recorder::say_what_is_left_out(Time now) {
  const auto say = [&](Body body) { keep({now - start_, 0, 0, std::move(body)}); };
  for (std::size_t i = 0; i < kinds; ++i)
    if (spent_.at(i).omitted > 0) say(EventsOmitted{static_cast<Noise>(i), spent_.at(i).omitted});
  // What the client does not answer for leaves a trace that nothing can be read off for certain.
  std::uint64_t lost = others_omitted_;
  for (const Noise kind : {Noise::data_lost, Noise::windows}) lost += of(kind).omitted;
  if (lost > 0) say(Unreliable{std::to_string(lost) + " events were too many to keep", true});
}

void Recorder::keep(Event event) {
  tidy(event);
  trace_.events.push_back(std::move(event));
  if (on_keep_) on_keep_(trace_.events.back());
}

}  // namespace halfopen::trace
