// Whether a message is what a step, or an expectation, wants.
#pragma once

#include "base/bytes.h"
#include "scenario/scenario.h"

namespace halfopen::scenario {

/// Text and binary messages alike. Of JSON, an object may have more fields than are wanted, at
/// any depth; an array has just as many elements, each of which must match; all else must be equal.
[[nodiscard]] bool matches(const Match& match, ByteView message);

/// What a client reported.
struct Reported {
  std::string_view event;  ///< "close", "offline" …
  std::string_view text;
  int code = 0;
  bool clean = false;
  int attempt = 0;  ///< The newest one by then.
  Duration at{};    ///< Since the start of the run.
};
/// Whether the client's report is one of those that are wanted.
[[nodiscard]] bool matches(const ClientEvent& wanted, const Reported& seen);

}  // namespace halfopen::scenario
