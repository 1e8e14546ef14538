#include "link/decision_hash.h"

#include <fmt/format.h>

namespace halfopen::link {

void DecisionHash::add(const Passage& passage) {
  if (passage.unit.identity.kind == DropRule::Kind::ack) return;
  std::uint64_t hash = mix({passage.key, static_cast<std::uint64_t>(passage.verdict)});
  if (passage.carried())
    for (std::size_t i = 0; i < passage.count; ++i) {
      const Traveller& traveller = passage.travellers[i];
      hash = mix({hash, traveller.copy.corrupt ? 1ULL : 0ULL, traveller.copy.flip,
                  static_cast<std::uint64_t>(traveller.drawn.count()),
                  traveller.overtakes ? 1ULL : 0ULL});
    }
  add(hash);
}

std::string hexadecimal(std::uint64_t hash) { return fmt::format("{:016x}", hash); }

}  // namespace halfopen::link
