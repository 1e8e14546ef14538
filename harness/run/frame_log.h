// Records the frames of one attempt: the first few hundred in full, the rest as a count, so that
// a client which floods cannot fill the trace.
#pragma once

#include <array>

#include "run/context.h"
#include "ws/frame.h"

namespace halfopen::run {

class FrameLog {
 public:
  FrameLog(trace::Recorder& recorder, int attempt) : recorder_(recorder), attempt_(attempt) {}

  void received(Time now, const ws::ReceivedFrame& head, ByteView payload, int close_code);
  /// `payload`: what the frame says; `length`: its payload's length as it is sent.
  void sent(Time now, const ws::FrameHead& head, ByteView payload, std::uint64_t length, int line);
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
