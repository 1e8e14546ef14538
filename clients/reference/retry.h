// When to try again, if at all. Pure: what happened goes in, a delay comes out.
#pragma once

#include <cstdint>
#include <optional>

#include "base/random.h"
#include "policy.h"

namespace reference {

/// How one attempt ended.
struct Ended {
  std::optional<Duration> uptime;           ///< How long it was open; none: it never opened.
  int close_code = 1006;                    ///< 1006 for every end without a Close frame.
  std::optional<Duration> asked_to_wait{};  ///< By the server, in its refusal.
  bool unresolved = false;                  ///< The look-up of the name failed.
};

/// What follows: a delay until the next attempt, giving up, or (neither) rest after a final close.
struct Decision {
  std::optional<Duration> delay;
  bool gives_up = false;
};

class Retry {
 public:
  Retry(const Policy& policy, std::uint64_t seed) : policy_(policy), draws_(seed) {}

  [[nodiscard]] Decision after(const Ended& ended);
  /// The application wants a connection: the count begins anew.
  void start_over() { retries_ = 0; }

 private:
  Duration next_delay();

  const Policy& policy_;
  halfopen::Draws draws_;
  int retries_ = 0;        ///< In a row so far.
  Duration unjittered_{};  ///< The last delay of this row before its jitter.
};

}  // namespace reference
