// What a message must be, and what a client is told.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>

#include "base/bytes.h"

namespace halfopen::scenario {

/// What a message, text or binary, must be: see match.h.
struct TextMatch {
  std::string text;  ///< The very text.
};
struct RegexMatch {
  std::string pattern;  ///< A regular expression (base/pattern.h) that must match somewhere.
};
struct JsonMatch {
  std::string json;  ///< An object or an array, of which the message may have more fields.
};
struct HexMatch {
  Bytes bytes;  ///< The very bytes.
};
struct AnyMessage {};
using Match = std::variant<AnyMessage, TextMatch, RegexMatch, JsonMatch, HexMatch>;

/// Something the client is told on its standard input: {"do": action, …}.
struct Tell {
  std::string action;  ///< "send", "close", "connect", "reconnect", "subscribe", …
  std::optional<int> code;
  std::map<std::string, std::string> fields;  ///< "text", "reason", "topic" …
  /// Of "send": so many messages, which are numbered behind their text if there is more than one.
  int times = 1;
  std::uint64_t size = 0;  ///< Of "send": each message is filled up to so many bytes.
  std::map<std::string, std::string> own{};  ///< Fields of its own: JSON text of each value.
};

}  // namespace halfopen::scenario
