// From a host name to an established TCP connection: looks the name up, then races its addresses
// (Happy Eyeballs, RFC 8305).
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "base/descriptor.h"
#include "base/time.h"
#include "look_up.h"
#include "policy.h"
#include "socket.h"

namespace reference {

using halfopen::Time;

class Dial {
 public:
  /// `known`: addresses to be used without a look-up; empty: none.
  Dial(const Policy& policy, const Url& url, const Targets& known, Time now);

  /// Readable when there is something to be done.
  [[nodiscard]] int number() const { return events_.get(); }
  /// When to come at the latest; none: only when number() is readable.
  [[nodiscard]] std::optional<Time> due() const;

  struct Result {
    std::optional<Socket> socket;  ///< Established, or …
    std::string problem;           ///< … why there is none.
    bool unresolved = false;       ///< The look-up failed.
    bool reset = false;            ///< It came up, and was reset before anybody looked.
  };
  /// Does what there is to be done; how it ended, if it has.
  [[nodiscard]] std::optional<Result> go_on(Time now);
  /// What the look-up found.
  [[nodiscard]] const Targets& found() const { return found_; }

 private:
  std::optional<Result> finish_look_up(Time now);
  std::optional<Result> finish_connecting();
  std::optional<Result> start_next(Time now);
  void watch(int number, std::uint32_t events) const;

  const Policy& policy_;
  halfopen::Descriptor events_;  ///< Of epoll.
  std::optional<LookUp> look_up_;
  Time started_;
  Targets found_;
  std::deque<Target> untried_;
  std::vector<Socket> racing_;
  std::optional<Time> next_at_;  ///< When the next address has its turn.
  std::string problem_;          ///< The last one.
  bool reset_ = false;           ///< It was ECONNRESET.
};

}  // namespace reference
