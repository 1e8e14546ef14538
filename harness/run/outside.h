// What the core of a run can do to the world. With Inside, by which it hears of it, the one seam
// between the core, which does no I/O, and io, which does it; tests put a fake here.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "link/settings.h"
#include "scenario/scenario.h"
#include "trace/event.h"

namespace halfopen::run {

class Outside {
 public:
  virtual ~Outside() = default;

  /// Puts bytes on that attempt's connection.
  virtual void write(int attempt, ByteView bytes) = 0;
  /// The same in a segment of its own, and apart in time from what comes before and behind it.
  virtual void write_apart(int attempt, ByteView bytes) { write(attempt, bytes); }
  /// FIN, after all that was written.
  virtual void finish(int attempt) = 0;
  /// RST, at once.
  virtual void reset(int attempt) = 0;
  /// From now on every packet of that connection vanishes, both ways. What was written before still
  /// arrives.
  virtual void vanish(int attempt) = 0;
  /// From now on nothing is read from that connection.
  virtual void ignore(int attempt) = 0;
  /// From now on so many bytes more are read from that connection, and then nothing; none: all that
  /// comes.
  virtual void read_at_most(int attempt, std::optional<std::uint64_t> bytes) = 0;
  /// Nothing is read from that connection for now, or again what comes: the server has enough to do
  /// with what it has read.
  virtual void hold_reading(int attempt, bool held) = 0;
  /// Bytes written that the kernels have not taken, on all connections together.
  [[nodiscard]] virtual std::size_t unsent() const = 0;
  /// Writes down what waits in the kernels on the way from the client (trace::Waiting).
  virtual void note_waiting(int attempt) = 0;
  /// What was written so far (and the FIN or RST, if `end.how` says so) lets the client see that
  /// the attempt is over; Inside::end_visible() is to be called when it has been delivered. Only
  /// the first mark of an attempt counts.
  virtual void mark_end(int attempt, const trace::EndVisible& end) = 0;

  virtual void change_link(const link::Change& change) = 0;
  /// Whether what is sent to the client vanishes at the moment, by the link's state.
  [[nodiscard]] virtual bool is_cut_off() const = 0;
  virtual void tell(const scenario::Tell& tell) = 0;
  /// Stops the client's processes (SIGSTOP), or lets them go on.
  virtual void freeze(bool frozen) = 0;
  /// Writes down the client's memory (trace::ClientMemory), soon.
  virtual void note_memory() = 0;
};

}  // namespace halfopen::run
