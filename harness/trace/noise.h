// Events that a trace may hold any number of, and how many it does: each kind has a budget of its
// own, so that none can crowd out another, or what a verdict rests on.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "trace/event.h"

namespace halfopen::trace {

/// What a trace keeps of one kind. Whatever goes beyond either is counted only.
struct Budget {
  std::size_t events = 0;
  std::size_t bytes = 0;  ///< Of the text in them.
};

/// The kind of an event; none: it is always kept.
[[nodiscard]] std::optional<Noise> noise_in(const Body& body);
[[nodiscard]] Budget budget_of(Noise kind);
/// The client makes these, and no honest one makes so many that the budget does not do.
[[nodiscard]] bool is_the_clients(Noise kind);
/// "reports", "lines of output": what there are too many of.
[[nodiscard]] std::string_view in_words(Noise kind);

/// The bytes of text that an event holds.
[[nodiscard]] std::size_t text_in(const Body& body);
/// About the bytes of memory that a trace holds.
[[nodiscard]] std::size_t memory_of(const Trace& trace);

/// A client makes no more attempts than this in a run; further ones are counted only.
inline constexpr int most_attempts = 5'000;

}  // namespace halfopen::trace
