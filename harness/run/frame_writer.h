// What the server says on an open connection: frames, compressed where that was agreed on, and each
// of them written down.
#pragma once

#include <optional>

#include "run/channel.h"
#include "run/frame_log.h"
#include "run/held.h"
#include "ws/deflate.h"
#include "ws/deflate_stream.h"
#include "ws/frame.h"

namespace halfopen::run {

class FrameWriter {
 public:
  /// All must outlive it.
  FrameWriter(Channel& channel, FrameLog& log, Held& held)
      : channel_(channel), log_(log), held_(held), compressors_(held.compressors) {}

  /// From the next message on they are compressed like that; none: not at all.
  void set_deflate(const std::optional<ws::Deflate>& deflate) { deflate_ = deflate; }

  /// A whole message in one frame. `line`: of the scenario, 0 for none.
  void message(Time now, ws::Opcode opcode, ByteView payload, int line);
  /// A frame as it is.
  void frame(Time now, const ws::FrameHead& head, ByteView payload, int line);
  /// Bytes that may be frames and may be none.
  void raw(ByteView bytes);
  void bytewise(ByteView bytes);

  /// The connection is over: frees what it holds.
  void forget() {
    compressor_.reset();
    compressors_.set(0);
  }

 private:
  [[nodiscard]] bool packs(ByteView payload) const;
  void forget_window();

  Channel& channel_;
  FrameLog& log_;
  Held& held_;
  Share compressors_;  ///< One, once there is one.
  std::optional<ws::Deflate> deflate_;
  std::optional<ws::Compressor> compressor_;  ///< Since the first message that was compressed.
};

}  // namespace halfopen::run
