// What is expected of the client.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/range.h"
#include "base/time.h"
#include "scenario/message.h"
#include "scenario/placed.h"

namespace halfopen::scenario {

struct ClosesWith {
  std::vector<int> codes;      ///< One of these.
  std::optional<int> attempt;  ///< None: every Close that the client sends, and at least one.
};
/// What a field of the client's opening request must be: absent or there (a flag), the very text,
/// a regular expression (must match somewhere), or a list of just these elements in this order.
using FieldMatch = std::variant<bool, TextMatch, RegexMatch, std::vector<std::string>>;
/// `request = { … }`: what an opening request must have.
struct RequestExpectation {
  struct Field {
    std::string name;  ///< Its key: "path", "origin", "protocols".
    FieldMatch wanted;
    Place place;

    /// It is judged on what the client asks of its proxy, and not on the opening request.
    [[nodiscard]] bool is_for_proxy() const { return name == "proxy_authorization"; }
  };
  std::optional<int> attempt;  ///< None: every attempt that sends one, and at least one.
  /// Only requests to that host, without a port; there may be none. "": to any.
  std::string to;
  std::vector<Field> fields;
  Place place;
};
/// One event that the client must (or with count 0..0 must not) report.
struct ClientEvent {
  std::string event;
  std::optional<int> code;
  std::optional<bool> clean;
  std::optional<std::string> text;  ///< Regular expression.
  std::optional<int> attempt;       ///< None: in any, or between them.
  std::optional<Duration> by;       ///< Counts only until so long after the run's start.
  CountRange count{1, no_limit};
  Place place;
};
/// What the client must (or with count 0..0 must not) send, as the server sees it.
struct MessageExpectation {
  Match match;
  std::optional<int> attempt;  ///< None: all attempts together.
  CountRange count{1, no_limit};
  Place place;
};
/// The curve of the gaps between attempts: gap n of `base` · factorⁿ⁻¹, at most `cap`.
struct Curve {
  /// What a client draws around it. `full`: from zero to it; `equal`: from half of it to it;
  /// `decorrelated`: from `base` to `factor` times the gap before; `share`: up to `share` less or
  /// more.
  enum class Jitter { none, full, equal, decorrelated, share };
  Duration base{};
  double factor = 2;  ///< Where nothing is said: 3 with decorrelated jitter.
  Duration cap = forever;
  Jitter jitter = Jitter::none;
  double share = 0;  ///< 0 … 1
};

struct Expect {
  std::optional<Placed<CountRange>> attempts;
  std::vector<Placed<DurationRange>> gaps;         ///< gaps[0]: between attempts 1 and 2.
  std::optional<Placed<DurationRange>> every_gap;  ///< `gaps = "1s..3s"`
  std::optional<Placed<bool>> growing;
  std::optional<Placed<Curve>> curve;
  Placed<Duration> within{std::chrono::seconds(30), {}};
  Duration settle = std::chrono::seconds(3);
  std::optional<Placed<bool>> gives_up;
  std::optional<Placed<CountRange>> opens;
  std::optional<Placed<ClosesWith>> closes_with;
  std::optional<Placed<DurationRange>> detects;
  std::optional<Placed<DurationRange>> recovers;  ///< From a fault to the next open connection.
  std::vector<MessageExpectation> messages;
  std::vector<RequestExpectation> requests;
  /// The alert that the client itself sends about a fault of TLS: one of these names.
  std::optional<Placed<std::vector<std::string>>> tls_alert;
  std::optional<Placed<std::string>> sni;  ///< The host that it names in its ClientHello.
  std::vector<ClientEvent> client_events;
  std::optional<Placed<int>> exit_code;
  std::optional<Placed<std::string>> output;  ///< Regular expression over any log line.
  /// By how many bytes the client's memory may grow from its first open connection on.
  std::optional<Placed<SizeRange>> memory;
  std::vector<Placed<std::string>> waive;  ///< Invariants that do not hold here, by name.
};

}  // namespace halfopen::scenario
