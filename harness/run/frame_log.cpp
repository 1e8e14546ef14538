#include "run/frame_log.h"

#include <utility>

#include "trace/frame_bytes.h"
#include "ws/deflate.h"

namespace halfopen::run {
namespace {

constexpr std::uint8_t close_opcode = static_cast<std::uint8_t>(ws::Opcode::close);

/// The status code in a Close payload: 1005 for none (RFC 6455, section 7.4.1).
int code_in(ByteView payload) { return payload.size() < 2 ? 1005 : payload[0] << 8 | payload[1]; }

ByteView reason_in(ByteView payload) {
  return payload.subspan(std::min<std::size_t>(2, payload.size()));
}

trace::Opcode opcode_of(std::uint8_t opcode) { return static_cast<trace::Opcode>(opcode & 0x0f); }

}  // namespace

/// However many frames came before, how a side closes is written down.
bool FrameLog::is_first_close(trace::Side side, bool closes) {
  return closes && !std::exchange(sides_[side == trace::Side::client ? 0 : 1].closed, true);
}

bool FrameLog::counts_only(trace::Side side, std::uint64_t length) {
  Side& of = sides_[side == trace::Side::client ? 0 : 1];
  if (++of.frames <= kept_per_side) return false;
  ++of.omitted_frames;
  of.omitted_bytes += length;
  return true;
}

void FrameLog::received(Time now, const CameFrame& frame, ByteView says, int close_code) {
  const ws::ReceivedFrame& head = frame.head;
  const bool closes = head.opcode == close_opcode;
  if (!is_first_close(trace::Side::client, closes) && counts_only(trace::Side::client, head.length))
    return;
  trace::Frame event{trace::Side::client,
                     opcode_of(head.opcode),
                     head.length,
                     head.fin,
                     head.masked,
                     close_code,
                     printable(closes ? reason_in(says) : says),
                     (head.rsv & ws::rsv1) != 0,
                     head.rsv & ~ws::rsv1};
  trace::keep_bytes(event, frame.payload);
  recorder_.add(now, std::move(event), attempt_);
}

void FrameLog::sent(Time now, const ws::FrameHead& head, ByteView says, ByteView payload,
                    int line) {
  const bool closes = head.opcode == close_opcode;
  if (!is_first_close(trace::Side::server, closes) &&
      counts_only(trace::Side::server, payload.size()))
    return;
  trace::Frame event{trace::Side::server,
                     opcode_of(head.opcode),
                     head.declared_length.value_or(payload.size()),
                     head.fin,
                     head.mask.has_value(),
                     closes ? code_in(says) : 0,
                     printable(closes ? reason_in(says) : says),
                     (head.rsv & ws::rsv1) != 0,
                     head.rsv & ~ws::rsv1};
  trace::keep_bytes(event, payload);
  recorder_.add(now, std::move(event), attempt_, line);
}

void FrameLog::flush(Time now) {
  for (const trace::Side side : {trace::Side::client, trace::Side::server}) {
    Side& of = sides_[side == trace::Side::client ? 0 : 1];
    if (of.omitted_frames == 0) continue;
    recorder_.add(now, trace::FramesOmitted{side, of.omitted_frames, of.omitted_bytes}, attempt_);
    of.omitted_frames = of.omitted_bytes = 0;
  }
}

}  // namespace halfopen::run
