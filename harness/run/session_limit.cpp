// The limit on the connections of a session: who has a place, who waits for one, who is turned
// away.
//
// A place is taken from the moment at which the server looks at a connection until it learns that
// the connection is over, and for `held` longer. A connection that is turned away takes none, but
// uses up its [[attempt]] table as any other attempt does.
#include <fmt/format.h>

#include <algorithm>

#include "run/session.h"
#include "scenario/story.h"

namespace halfopen::run {

void Session::accepted(Time now, int number) {
  Attempt* attempt = find(number);
  if (attempt == nullptr || attempt->connection) return;
  free_places(now);
  const bool full = !limit_.is(Limit::Then::refuse) && is_full();
  if (full && limit_.is(Limit::Then::queue)) {
    attempt->waits = true;
    say_full(now, number);
    context_.outside.read_at_most(number, 0);
    return after(now);
  }
  if (full) turn_away(now, number);
  serve(now, number);
  after(now);
}

/// The server looks at a connection for the first time.
void Session::serve(Time now, int number) {
  Attempt& attempt = *find(number);
  context_.recorder.add(now, trace::Accepted{}, number);
  attempt.connection = std::make_unique<Connection>(context_, number, attempt.table, portal_,
                                                    static_cast<Listener&>(*this));
  attempt.connection->comes_after(key_before(number));
  attempt.connection->accepted(now);
}

bool Session::is_full() const {
  const auto taken = std::count_if(live_.begin(), live_.end(), [this](int number) {
    const Attempt& attempt = at(number);
    return attempt.connection && !attempt.turned_away && !attempt.freed;
  });
  return limit_.reached(static_cast<int>(taken));
}

void Session::say_full(Time now, int number) {
  context_.recorder.add(now,
                        trace::FaultStruck{trace::Layer::limit, "too-many-connections",
                                           "the server holds as many as it can"},
                        number, limit_.line());
}

/// From now on the attempt goes the way of those that are one too many.
void Session::turn_away(Time now, int number) {
  Attempt& attempt = *find(number);
  attempt.table = &limit_.turned_away();
  attempt.turned_away = true;
  attempt.silenced = false;
  say_full(now, number);
}

void Session::free_places(Time now) {
  if (!context_.scenario.server.connections) return;
  for (const int number : live_) {
    Attempt& attempt = at(number);
    if (!attempt.connection || !attempt.connection->over() || attempt.freed) continue;
    if (!attempt.free_at) attempt.free_at = now + limit_.held();
    attempt.freed = *attempt.free_at <= now;
  }
}

/// Serves those that have waited longest, as far as there are places.
void Session::admit(Time now) {
  if (!limit_.is(Limit::Then::queue)) return;
  for (const int number : std::vector(live_)) {
    if (!at(number).waits) continue;
    if (is_full()) return;
    at(number).waits = false;
    serve(now, number);
    context_.outside.read_at_most(number, std::nullopt);
  }
}

/// When a place is free that somebody waits for.
std::optional<Time> Session::next_free_place() const {
  std::optional<Time> next;
  const bool somebody_waits =
      std::any_of(live_.begin(), live_.end(), [this](int number) { return at(number).waits; });
  if (!somebody_waits) return next;
  for (const int number : live_)
    if (const Attempt& attempt = at(number); attempt.free_at && !attempt.freed)
      next = next ? std::min(*next, *attempt.free_at) : *attempt.free_at;
  return next;
}

}  // namespace halfopen::run
