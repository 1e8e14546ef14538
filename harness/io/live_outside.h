// What the core of a live run asks of the world, done by the parts of the run.
#pragma once

#include "io/live_host.h"
#include "io/live_subject.h"
#include "io/live_world.h"
#include "run/outside.h"

namespace halfopen::io {

class LiveOutside final : public run::Outside {
 public:
  /// All must outlive it.
  LiveOutside(LiveWorld& world, LiveHost& host, LiveSubject& subject, trace::Recorder& recorder)
      : world_(world), host_(host), subject_(subject), recorder_(recorder) {}

  void write(int attempt, ByteView bytes) override;
  void write_apart(int attempt, ByteView bytes) override;
  void finish(int attempt) override;
  void reset(int attempt) override;
  void vanish(int attempt) override;
  void ignore(int attempt) override;
  void read_at_most(int attempt, std::optional<std::uint64_t> bytes) override;
  void hold_reading(int attempt, bool held) override;
  [[nodiscard]] std::size_t unsent() const override;
  void note_waiting(int attempt) override;
  void mark_end(int attempt, const trace::EndVisible& end) override;
  void change_link(const link::Change& change) override { world_.change(change); }
  [[nodiscard]] bool is_cut_off() const override;
  void tell(const scenario::Tell& tell) override { subject_.tell(tell); }
  void freeze(bool frozen) override { subject_.freeze(frozen); }
  void note_memory() override { subject_.note_memory(); }

 private:
  [[nodiscard]] std::uint64_t written(int attempt) const;

  LiveWorld& world_;
  LiveHost& host_;
  LiveSubject& subject_;
  trace::Recorder& recorder_;
};

}  // namespace halfopen::io
