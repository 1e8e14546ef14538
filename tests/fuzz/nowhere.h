// The outside of a core that is fuzzed.
#pragma once

#include "run/outside.h"

namespace halfopen::fuzz {

/// Takes everything and does nothing.
class Nowhere final : public run::Outside {
 public:
  void write(int /*attempt*/, ByteView /*bytes*/) override {}
  void finish(int /*attempt*/) override {}
  void reset(int /*attempt*/) override {}
  void vanish(int /*attempt*/) override {}
  void ignore(int /*attempt*/) override {}
  void read_at_most(int /*attempt*/, std::optional<std::uint64_t> /*bytes*/) override {}
  void hold_reading(int /*attempt*/, bool /*held*/) override {}
  [[nodiscard]] std::size_t unsent() const override { return 0; }
  void note_waiting(int /*attempt*/) override {}
  void mark_end(int /*attempt*/, const trace::EndVisible& /*end*/) override {}
  void change_link(const link::Change& /*change*/) override {}
  [[nodiscard]] bool is_cut_off() const override { return false; }
  void tell(const scenario::Tell& /*tell*/) override {}
  void freeze(bool /*frozen*/) override {}
  void note_memory() override {}
};

}  // namespace halfopen::fuzz
