// Seeded randomness. Every draw belongs to a key (what it decides about), never to the order in
// which draws are made, so that nothing elsewhere and no scheduler moves it.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace halfopen {

/// A 64-bit hash of the parts: well mixed (SplitMix64 finaliser, Steele et al., OOPSLA 2014) and
/// the same on every machine.
[[nodiscard]] std::uint64_t mix(std::initializer_list<std::uint64_t> parts);

/// FNV-1a of the text: a stable key for a name.
[[nodiscard]] std::uint64_t key_of(std::string_view name);

/// Draws for one key: the first, second, … draw of the same key is always the same.
class Draws {
 public:
  explicit Draws(std::uint64_t key) : state_(key) {}

  /// Uniform over all 64-bit values.
  std::uint64_t bits();
  /// Uniform in [0, 1).
  double unit();
  /// Standard normal (Box-Muller).
  double normal();
  /// True with the given probability, from 0 (never) to 1 (always).
  bool chance(double probability) { return unit() < probability; }

 private:
  std::uint64_t state_;
};

}  // namespace halfopen
