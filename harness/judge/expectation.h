// What a verdict speaks of: one thing that was asked, by [expect], by a step or by an invariant.
#pragma once

#include <string>
#include <string_view>

namespace halfopen::judge {

enum class Kind {
  attempts,
  opens,
  gaps,       ///< A list of them.
  every_gap,  ///< One range for all of them.
  growing,
  curve,
  gives_up,
  request,
  closes_with,
  detects,
  recovers,
  sni,
  tls_alert,
  client_event,
  crash,  ///< That the client does not.
  exit_code,
  output,
  memory,
  messages,
  settle,
  within,
  step,
  invariant,
  should_refuse,  ///< Bad TLS that a client may go on with.
  should_close,   ///< With a code that says what was wrong.
  retry_after,
};
/// As in reports: "gaps", "client_event".
[[nodiscard]] std::string_view name_of(Kind kind);

struct Expectation {
  Kind kind = Kind::attempts;
  int index = 0;       ///< Of several of its kind: the gap, the message, the step, from 1; else 0.
  std::string name{};  ///< Of a field, an event or an invariant; what a step does, for people.

  bool operator==(const Expectation&) const = default;
};

}  // namespace halfopen::judge
