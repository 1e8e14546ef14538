// The bytes of a frame: what a trace keeps of them, without saying again what its text says.
#pragma once

#include <string>

#include "base/bytes.h"
#include "trace/event.h"

namespace halfopen::trace {

/// So many of each frame's payload are kept.
inline constexpr std::size_t most_frame_bytes = 64;

/// Keeps the first bytes of `payload`: as it was sent, but not masked. To be called when all else
/// of the frame has been filled in.
void keep_bytes(Frame& frame, ByteView payload);

/// The first bytes of the payload in hexadecimal: as they were sent, but not masked; fewer than
/// `frame.length` where the trace has no more of them. A trace may come from anywhere: "" where its
/// bytes are no bytes, or were written before they were kept.
[[nodiscard]] std::string payload_hex(const Frame& frame);

}  // namespace halfopen::trace
