// Finding out that the peer is gone although TCP has not noticed: a ping after a silence, and an
// end to the connection if no sign of life follows.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>

#include "policy.h"

namespace reference {

using halfopen::Time;

class Heartbeat {
 public:
  enum class Beat { none, ping, dead };
  static constexpr std::string_view payload = "alive?";  ///< Of its pings.
  using SignOfLife = Policy::SignOfLife;

  Heartbeat(const Policy& policy, Time opened)
      : policy_(policy), last_heard_(opened), last_ping_(opened) {}

  /// Bytes of any kind are a sign of life, if the policy is a good one.
  void heard(SignOfLife sign, Time now) {
    if (sign != policy_.sign_of_life) return;
    last_heard_ = now;
    pinged_.reset();
  }

  /// When beat() is to be called next; none: never.
  [[nodiscard]] std::optional<Time> due() const {
    if (!policy_.ping_after) return {};
    if (policy_.ping_every) return std::min(last_ping_ + *policy_.ping_every, given_up());
    return pinged_ ? *pinged_ + policy_.pong_within : last_heard_ + *policy_.ping_after;
  }

  Beat beat(Time now) {
    if (!due() || now < *due()) return Beat::none;
    if (policy_.ping_every ? now >= given_up() : pinged_.has_value()) return Beat::dead;
    last_ping_ = now;
    pinged_ = now;
    return Beat::ping;
  }

 private:
  [[nodiscard]] Time given_up() const {
    return last_heard_ + *policy_.ping_after + policy_.pong_within;
  }

  const Policy& policy_;
  Time last_heard_;
  Time last_ping_;
  std::optional<Time> pinged_;
};

}  // namespace reference
