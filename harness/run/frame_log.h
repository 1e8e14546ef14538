// Records the frames of one attempt: the first few hundred in full, the rest as a count, so that
// a client which floods cannot fill the trace.
#pragma once

#include <array>

#include "run/context.h"
#include "ws/frame.h"

namespace halfopen::run {

/// A frame of the client's.
struct CameFrame {
  ws::ReceivedFrame head;
  ByteView payload;  ///< As it was sent, but not masked; of a compressed one the first bytes.
};

class FrameLog {
 public:
  FrameLog(trace::Recorder& recorder, int attempt) : recorder_(recorder), attempt_(attempt) {}

  /// `says`: what its message says.
  void received(Time now, const CameFrame& frame, ByteView says, int close_code);
  /// `says`: what the frame says; `payload`: the same as it is sent, which may be compressed.
  void sent(Time now, const ws::FrameHead& head, ByteView says, ByteView payload, int line);
  /// Writes down how many frames were left out so far.
  void flush(Time now);

  static constexpr std::uint64_t kept_per_side = 200;

 private:
  struct Side {
    std::uint64_t frames = 0;
    std::uint64_t omitted_frames = 0;
    std::uint64_t omitted_bytes = 0;
    bool closed = false;
  };
  bool is_first_close(trace::Side side, bool closes);
  bool counts_only(trace::Side side, std::uint64_t length);

  trace::Recorder& recorder_;
  int attempt_;
  std::array<Side, 2> sides_;
};

}  // namespace halfopen::run
