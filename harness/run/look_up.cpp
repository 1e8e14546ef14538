#include "run/look_up.h"

#include <algorithm>

namespace halfopen::run {
namespace {

/// More questions than any search list makes; beyond it a look-up is over.
constexpr std::size_t most_questions = 64;

}  // namespace

bool LookUp::includes(const dns::Query& query, dns::Transport transport) const {
  if (closed_ || asked_.empty() || asked_.size() >= most_questions) return false;
  const auto same = std::find_if(asked_.begin(), asked_.end(), [&](const Asked& asked) {
    return asked.name == query.name && asked.type == query.type && asked.transport == transport;
  });
  return same == asked_.end() || same->id == query.id;
}

void LookUp::add(const dns::Query& query, dns::Transport transport) {
  const Asked asked{query.name, query.type, transport, query.id};
  if (std::find(asked_.begin(), asked_.end(), asked) == asked_.end()) asked_.push_back(asked);
}

}  // namespace halfopen::run
