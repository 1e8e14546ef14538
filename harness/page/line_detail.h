// What the page tells of a line when it is asked: a frame with its bytes, the headers of a request,
// a text that is too long for its line.
#pragma once

#include <nlohmann/json.hpp>

#include "trace/event.h"

namespace halfopen::page {

/// One of these; null where the line says it all:
///   {"of", "op", "number", "fin", "rsv", "masked", "length", "code", "text", "hex"}: a frame, with
///     what the trace has of its payload; members that are "", 0 or false are left out
///   {"headers": [[name, value], …]}
///   {"text": "…"}
[[nodiscard]] nlohmann::ordered_json detail_of(const trace::Body& body);

}  // namespace halfopen::page
