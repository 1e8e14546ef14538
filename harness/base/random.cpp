#include "base/random.h"

#include <cmath>
#include <numbers>

namespace halfopen {
namespace {

constexpr std::uint64_t golden_gamma = 0x9e3779b97f4a7c15;

std::uint64_t finalise(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

}  // namespace

std::uint64_t mix(std::initializer_list<std::uint64_t> parts) {
  std::uint64_t state = golden_gamma;
  for (const std::uint64_t part : parts) state = finalise(state ^ part) + golden_gamma;
  return finalise(state);
}

std::uint64_t key_of(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

std::uint64_t Draws::bits() {
  state_ += golden_gamma;
  return finalise(state_);
}

double Draws::unit() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }

double Draws::normal() {
  const double radius = std::sqrt(-2 * std::log(1 - unit()));
  return radius * std::cos(2 * std::numbers::pi * unit());
}

}  // namespace halfopen
