// A listening socket on the loop.
#pragma once

#include <functional>
#include <string>

#include "base/descriptor.h"
#include "io/loop/loop.h"

namespace halfopen::io {

/// Accepts all that comes, so many in a turn of the loop: a client that connects faster than it is
/// accepted must not stop everything else. Where no descriptors are left it pauses, so that a
/// listener that stays readable does not keep the loop busy, and tries again a little later:
/// connections wait in the listener's queue meanwhile, and none is forgotten. The same for whoever
/// has had many connections where less than a quarter of the descriptors is left: that is for
/// others who share the process.
class Acceptor {
 public:
  struct Events {
    std::function<void(Descriptor socket, const std::string& peer)> accepted;
    /// Called each time when it has to pause; may be empty.
    std::function<void(const std::string& why)> paused{};
  };
  static constexpr Duration pause = std::chrono::milliseconds(50);
  static constexpr int most_in_a_turn = 64;
  /// From so many on it leaves something to others.
  static constexpr int many = 64;

  /// Takes a bound, listening, non-blocking socket.
  Acceptor(Loop& loop, Descriptor listener, Events events);

 private:
  void accept_some();

  Descriptor listener_;
  Events events_;
  Watch watch_;
  Timer again_;
  int accepted_ = 0;
};

}  // namespace halfopen::io
