// Names what is wrong with a frame's head that wslay has refused; wslay itself gives no reason.
#pragma once

#include <string>

#include "base/bytes.h"

namespace halfopen::ws {

/// `head`: the frame's first bytes, at least as many as wslay had seen (2 to 14). One phrase.
[[nodiscard]] std::string head_fault(ByteView head);

}  // namespace halfopen::ws
