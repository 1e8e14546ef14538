// A middlebox on the way (a NAT, a firewall, a tunnel): it forgets flows that are idle, and lets no
// packet through that is larger than its own link takes. Pure: the time is an argument.
#pragma once

#include <cstddef>
#include <optional>

#include "base/time.h"
#include "link/settings.h"

namespace halfopen::link {

/// What a middlebox remembers of one flow.
struct FlowEntry {
  std::optional<Time> last;  ///< When its last packet came; none before its first.
  bool forgotten = false;    ///< For good: only a new flow is remembered again.
};

enum class Treatment {
  passes,
  forgotten,       ///< It vanishes: the flow is forgotten.
  reset,           ///< It is answered with RST: the flow is forgotten.
  too_large,       ///< It vanishes: it is too large.
  too_large_told,  ///< It is answered with ICMP: it is too large.
};

/// What becomes of a packet of that flow, `size` bytes with its IP header. Calls come in order of
/// time.
[[nodiscard]] Treatment treat(const Middlebox& box, FlowEntry& entry, std::size_t size, Time now);
/// When the flow will be forgotten if nothing comes; none if it never will, or is already.
[[nodiscard]] std::optional<Time> forgets_at(const Middlebox& box, const FlowEntry& entry);

}  // namespace halfopen::link
