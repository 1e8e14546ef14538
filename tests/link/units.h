// Units and times for the tests of the link, written short.
#pragma once

#include <cstdint>

#include "base/time.h"
#include "link/pipeline.h"

namespace halfopen::link {

using namespace std::chrono_literals;

inline constexpr Time zero{};

/// The how-manieth data segment of 1460 bytes in a stream.
inline Unit data(int ordinal, int nth = 1, int attempt = 1) {
  Unit unit;
  unit.identity.attempt = attempt;
  unit.identity.kind = DropRule::Kind::data;
  unit.identity.position = static_cast<std::uint64_t>(ordinal - 1) * 1460;
  unit.identity.nth = nth;
  unit.identity.ordinal = ordinal;
  unit.identity.count = ordinal;
  unit.size = 1500;
  return unit;
}

/// The how-manieth control packet of that kind.
inline Unit control(DropRule::Kind kind, int ordinal, int attempt = 1) {
  Unit unit;
  unit.identity.attempt = attempt;
  unit.identity.kind = kind;
  unit.identity.nth = ordinal;
  unit.identity.ordinal = ordinal;
  unit.identity.count = ordinal;
  unit.identity.fin = kind == DropRule::Kind::fin ? ordinal : 0;
  unit.size = 40;
  return unit;
}

inline Unit ack(int ordinal, int attempt = 1) {
  return control(DropRule::Kind::ack, ordinal, attempt);
}

inline Pipeline up(const Settings& settings, std::uint64_t seed = 1) {
  return Pipeline(settings, Direction::up, seed, zero);
}

}  // namespace halfopen::link
