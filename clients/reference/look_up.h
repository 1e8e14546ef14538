// The addresses of a host name, found by getaddrinfo in a thread of its own: it blocks, and nothing
// can stop it.
#pragma once

#include <sys/socket.h>

#include <memory>
#include <vector>

#include "url.h"

namespace reference {

/// An address to connect to.
struct Target {
  sockaddr_storage address{};
  socklen_t size = 0;

  [[nodiscard]] int family() const { return address.ss_family; }
};
using Targets = std::vector<Target>;

class LookUp {
 public:
  /// Begins. `asks_by_tcp` false: an answer that was truncated over UDP is taken as it is.
  explicit LookUp(const Url& url, bool asks_by_tcp);

  /// Readable once it is done.
  [[nodiscard]] int number() const;
  [[nodiscard]] bool done() const;
  /// Once it is done: what was found, in the order of the system's preference (RFC 6724). Throws
  /// halfopen::Error.
  [[nodiscard]] const Targets& targets() const;

 private:
  struct State;
  /// Shared with the thread, which may live longer.
  std::shared_ptr<State> state_;
};

/// The same with the families taking turns, the first one first (RFC 8305, section 4).
[[nodiscard]] Targets interleaved(const Targets& targets);

}  // namespace reference
