// What the server says beside the steps, on every open connection: answers by rule ([[reply]]), and
// what it says from time to time ([[every]]).
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "base/pattern.h"
#include "base/range.h"
#include "base/time.h"
#include "scenario/message.h"
#include "scenario/step.h"

namespace halfopen::scenario {

/// A part of an answer that is taken from the message: a group of the regular expression …
struct QuotedGroup {
  int number = 0;
};
/// … or a field of the JSON document, by keys and indices from the outside in.
struct QuotedField {
  std::vector<std::string> path;
};
/// How often the rule has answered on this connection, from 1.
struct Counted {};

/// What a rule says: bytes, with places that are filled in for each message.
struct Wording {
  std::vector<std::variant<std::string, QuotedGroup, QuotedField, Counted>> parts;
  bool binary = false;
};

/// What a rule answers to.
enum class Occasion {
  message,
  open,   ///< The connection has opened.
  ping,   ///< A ping of the client's; the pong comes with the answer.
  close,  ///< The client's Close; the server's comes with the answer.
};

struct Reply {
  Occasion to = Occasion::message;
  Match match;                     ///< Of messages.
  std::optional<Pattern> pattern;  ///< Of a match by regular expression.
  std::vector<Wording> with;       ///< Sent in this order.
  Duration after{};
  std::optional<int> times;  ///< On each connection; none: without end.
  CountRange attempts{1, no_limit};
  std::optional<Step> then;  ///< Ends the connection: a `close` or `drop` step.
  Place place;
};

struct Every {
  Duration time{};  ///< From one to the next, and from the opening to the first.
  Wording send;
  std::optional<int> times;
  double jitter = 0;  ///< Each pause is up to this share longer or shorter.
  CountRange attempts{1, no_limit};
  Place place;
};

/// What `rule` says to that message the nth time; none: the rule is not meant, because it wants
/// another message, or quotes what this one does not have, or would say more than 16 MiB.
[[nodiscard]] std::optional<std::vector<SendStep>> answers(const Reply& rule, ByteView message,
                                                           int nth);
/// The same of what quotes no message.
[[nodiscard]] SendStep filled(const Wording& wording, int nth);

}  // namespace halfopen::scenario
