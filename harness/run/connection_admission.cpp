#include "run/connection_admission.h"

#include <memory>

namespace halfopen::run {

bool ConnectionAdmission::refuses(Time now) {
  free_places(now);
  const Capacity& capacity = host_.capacity();
  return capacity.limit().is(Limit::Then::refuse) && capacity.is_full();
}

void ConnectionAdmission::accepted(Time now, int number) {
  Attempt* attempt = attempts_.find(number);
  if (attempt == nullptr || attempt->connection) return;
  free_places(now);
  Capacity& capacity = host_.capacity();
  const bool full = !capacity.limit().is(Limit::Then::refuse) && capacity.is_full();
  if (full && capacity.limit().is(Limit::Then::queue)) {
    capacity.wait(number);
    say_full(now, number);
    return context_.outside.read_at_most(number, 0);
  }
  if (full)
    turn_away(now, number);
  else
    capacity.take(number);
  serve(now, number);
}

/// The server looks at a connection for the first time.
void ConnectionAdmission::serve(Time now, int number) {
  Attempt& attempt = attempts_.at(number);
  context_.recorder.add(now, trace::Accepted{}, number);
  attempt.connection =
      std::make_unique<Connection>(context_, host_, number, attempt.table, listener_);
  attempt.connection->comes_after(attempts_.key_before(number));
  attempt.connection->accepted(now);
  attempts_.touch(number);
}

void ConnectionAdmission::say_full(Time now, int number) {
  context_.recorder.add(now,
                        trace::FaultStruck{trace::Layer::limit, "too-many-connections",
                                           "the server holds as many as it can"},
                        number, host_.capacity().limit().line());
}

void ConnectionAdmission::turn_away(Time now, int number) {
  Attempt& attempt = attempts_.at(number);
  attempt.table = &host_.capacity().limit().turned_away();
  attempt.silenced = false;
  say_full(now, number);
}

void ConnectionAdmission::free_places(Time now) {
  Capacity& capacity = host_.capacity();
  if (!capacity.limit().exists()) return;
  for (const int number : attempts_.touched()) {
    const Attempt& attempt = attempts_.at(number);
    if (attempt.connection && attempt.connection->over()) capacity.leave(now, number);
  }
  for (const int number : capacity.free(now)) attempts_.touch(number);
}

void ConnectionAdmission::settle(Time now) {
  free_places(now);
  while (const auto number = host_.capacity().admit()) {
    host_.capacity().take(*number);
    serve(now, *number);
    context_.outside.read_at_most(*number, std::nullopt);
  }
}

}  // namespace halfopen::run
