#include "link/middlebox.h"

namespace halfopen::link {

Treatment treat(const Middlebox& box, FlowEntry& entry, std::size_t size, Time now) {
  if (const auto due = forgets_at(box, entry); due && *due <= now) entry.forgotten = true;
  if (entry.forgotten)
    return box.idle && box.idle->how == Idle::How::reset ? Treatment::reset : Treatment::forgotten;
  entry.last = now;
  if (!box.largest || size <= box.largest->size) return Treatment::passes;
  return box.largest->icmp ? Treatment::too_large_told : Treatment::too_large;
}

std::optional<Time> forgets_at(const Middlebox& box, const FlowEntry& entry) {
  if (!box.idle || !entry.last || entry.forgotten) return std::nullopt;
  return *entry.last + box.idle->after;
}

}  // namespace halfopen::link
