#include "run/frame_writer.h"

namespace halfopen::run {
namespace {

/// Larger messages are sent as they are, which RFC 7692, section 6 leaves to the sender: what
/// cannot be packed well takes long.
constexpr std::size_t most_packed = std::size_t{512} * 1024;

}  // namespace

void FrameWriter::message(Time now, ws::Opcode opcode, ByteView payload, int line) {
  ws::FrameHead head{.opcode = static_cast<std::uint8_t>(opcode)};
  if (!packs(payload)) return frame(now, head, payload, line);
  if (!channel_.writable()) return;
  if (!compressor_) compressor_.emplace(deflate_->server_bits, deflate_->server_takeover);
  compressors_.set(1);
  const Bytes packed = compressor_->compress(payload);
  head.rsv = ws::rsv1;
  log_.sent(now, head, payload, packed, line);
  ws::encode(channel_.out(), head, packed);
}

/// Whether a message goes out compressed.
bool FrameWriter::packs(ByteView payload) const {
  if (!deflate_ || payload.size() > most_packed) return false;
  return compressor_ || held_.compressors < Held::most_compressors;
}

void FrameWriter::frame(Time now, const ws::FrameHead& head, ByteView payload, int line) {
  if (!channel_.writable()) return;
  if ((head.rsv & ws::rsv1) != 0) forget_window();
  log_.sent(now, head, payload, payload, line);
  ws::encode(channel_.out(), head, payload);
}

void FrameWriter::raw(ByteView bytes) {
  forget_window();
  append(channel_.out(), bytes);
}

void FrameWriter::bytewise(ByteView bytes) {
  forget_window();
  channel_.send_bytewise(bytes);
}

/// What was not made by the compressor may be compressed all the same, and then the client's window
/// holds what the compressor knows nothing of.
void FrameWriter::forget_window() {
  if (compressor_) compressor_->forget();
}

}  // namespace halfopen::run
