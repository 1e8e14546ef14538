// Whether a message is what a step, or an expectation, wants.
#pragma once

#include "base/bytes.h"
#include "scenario/scenario.h"

namespace halfopen::scenario {

/// Text and binary messages alike. Of JSON, an object may have more fields than are wanted, at
/// any depth; an array has just as many elements, each of which must match; all else must be equal.
[[nodiscard]] bool matches(const Match& match, ByteView message);

}  // namespace halfopen::scenario
