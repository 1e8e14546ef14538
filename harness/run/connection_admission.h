// How a host receives the connections of a client: who is served, who waits for a place, who is
// turned away.
#pragma once

#include "run/attempts.h"
#include "run/host.h"

namespace halfopen::run {

class ConnectionAdmission {
 public:
  /// `listener`: hears what comes on the connections that are served.
  ConnectionAdmission(const Context& context, Host& host, Attempts& attempts, Listener& listener)
      : context_(context), host_(host), attempts_(attempts), listener_(listener) {}

  /// Whether a SYN that comes now is refused, because there are no places.
  [[nodiscard]] bool refuses(Time now);
  /// From now on the attempt goes the way of those that are one too many.
  void turn_away(Time now, int attempt);
  /// Its connection was accepted: it is served, waits, or is turned away.
  void accepted(Time now, int attempt);
  /// Gives the places that are free to those that have waited longest.
  void settle(Time now);

 private:
  void serve(Time now, int attempt);
  void say_full(Time now, int attempt);
  void free_places(Time now);

  const Context& context_;
  Host& host_;
  Attempts& attempts_;
  Listener& listener_;
};

}  // namespace halfopen::run
