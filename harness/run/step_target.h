// What a step does to its connection.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "faults/fault.h"
#include "scenario/scenario.h"
#include "ws/frame.h"

namespace halfopen::run {

class StepTarget {
 public:
  virtual ~StepTarget() = default;
  /// A whole message in one frame, compressed where that was agreed on.
  virtual void send_message(Time now, ws::Opcode opcode, ByteView payload, int line) = 0;
  /// A frame as it is.
  virtual void send_frame(Time now, const ws::FrameHead& head, ByteView payload, int line) = 0;
  virtual void send_raw(ByteView bytes) = 0;
  /// Close frame; with `finish`, TCP is ended when the client's Close has come.
  virtual void send_close(Time now, const scenario::CloseStep& close, int line) = 0;
  /// The answer to the client's Close, which ends TCP; nothing where none is owed any more.
  virtual void answer_close(Time now, const scenario::CloseStep& close, int line) = 0;
  virtual void carry_out(const faults::Act& act) = 0;
  /// The client makes the server hold too much: the connection ends, and the client is to blame.
  virtual void break_off(std::uint16_t code, const std::string& why) = 0;
  /// Neither side has begun to end it.
  [[nodiscard]] virtual bool is_open() const = 0;
  virtual void set_echo() = 0;
  /// Bits a second; 0: nothing; none: all that comes.
  virtual void read_at(Time now, std::optional<double> rate) = 0;
  virtual void write_bytewise(bool bytewise) = 0;
};

}  // namespace halfopen::run
