// What a capture says of an event, beside the packet that is nearest to it.
#pragma once

#include <string>

#include "trace/event.h"

namespace halfopen::report {

/// "0.325000 s, attempt 1: fault reset: Resets the TCP connection (RST)."; "" for what the packets
/// themselves show, and for what only matters to a machine.
[[nodiscard]] std::string packet_comment(const trace::Event& event);

}  // namespace halfopen::report
