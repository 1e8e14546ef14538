// One line of a timeline: what an event of the trace is to a reader.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "report/paint.h"
#include "trace/event.h"

namespace halfopen::report {

struct Entry {
  Duration at{};
  Ink ink = Ink::plain;
  std::string text;
  /// Neighbours with the same key, if it is not empty, become one line (may_merge).
  std::string key;
  std::uint64_t count = 1;
  std::uint64_t bytes = 0;
  Duration late{};
  Duration last{};          ///< When the last of them was.
  bool only_close = false;  ///< They become one line only where little time lies between them.
};

/// The event in words; none for what only matters when it goes wrong, or to a machine.
[[nodiscard]] std::optional<Entry> entry_of(const trace::Event& event);
/// Whether `next`, which follows it, is told in the same line.
[[nodiscard]] bool may_merge(const Entry& into, const Entry& next);
/// What stands for several entries of one key: "client → ping ×12, 96 B".
void merge(Entry& into, const Entry& next);

}  // namespace halfopen::report
