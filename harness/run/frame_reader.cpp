#include "run/frame_reader.h"

#include <algorithm>
#include <utility>

namespace halfopen::run {
namespace {

/// So much is fed at once.
constexpr std::size_t most_at_once = std::size_t{16} * 1024;
/// The same where it may say a thousand times as much, uncompressed.
constexpr std::size_t most_packed_at_once = std::size_t{4} * 1024;
/// So much is gone through in one turn; the rest waits until others have had theirs.
constexpr std::size_t most_work = std::size_t{2} * 1024 * 1024;
/// What a frame costs beside its bytes, measured in bytes.
constexpr std::size_t work_of_a_frame = 512;

}  // namespace

FrameReader::FrameReader(const Context& context, int attempt, FrameListener& listener)
    : context_(context),
      attempt_(attempt),
      listener_(listener),
      unfinished_(context.held->unfinished),
      put_off_held_(context.held->unfinished) {}

void FrameReader::start(const std::optional<ws::Deflate>& deflate) {
  ws::Receiver::Callbacks callbacks;
  callbacks.on_frame = [this](const ws::ReceivedFrame& frame, ByteView payload) {
    last_frame_ = {frame, payload};
    work_ += work_of_a_frame;
    if (!frame.fin) listener_.frame_came(last_frame_);
  };
  callbacks.on_message = [this](const ws::Message& message) {
    listener_.message_came(message, last_frame_);
  };
  callbacks.on_message_begins = [this] { listener_.message_begins(); };
  receiver_.emplace(ws::Role::server, std::move(callbacks));
  deflates_ = deflate.has_value();
  if (deflate)
    receiver_->allow_deflate(
        {.window_bits = deflate->client_bits, .takeover = deflate->client_takeover});
}

/// In portions that end where a step strikes, so that it does so after the same byte in every run;
/// and no more than is one turn's work.
void FrameReader::read(ByteView bytes) {
  if (has_more()) return put_off(bytes);
  const std::size_t at_once = deflates_ ? most_packed_at_once : most_at_once;
  while (!bytes.empty() && work_ < most_work && listener_.is_reading()) {
    const auto to_strike = listener_.bytes_to_strike();
    const std::size_t most = std::min<std::uint64_t>(at_once, to_strike.value_or(at_once));
    const ByteView portion = bytes.first(std::min(bytes.size(), most));
    bytes = bytes.subspan(portion.size());
    read_portion(portion);
  }
  if (bytes.empty() || !listener_.is_reading()) return;
  put_off(bytes);
}

/// For the next turn.
void FrameReader::put_off(ByteView bytes) {
  append(put_off_, bytes);
  put_off_held_.set(put_off_.capacity());
  hold(true);
  if (!put_off_held_.is_too_much(Held::most_unfinished)) return;
  listener_.held_too_much("unread frames");
  (void)take_put_off();
}

Bytes FrameReader::take_put_off() {
  put_off_held_.set(0);
  return std::exchange(put_off_, {});
}

void FrameReader::read_portion(ByteView portion) {
  const std::size_t before = unfinished_.own();
  receiver_->feed(portion);
  listener_.bytes_read(portion.size());
  if (!receiver_) return;
  unfinished_.set(receiver_->buffered());
  work_ += portion.size() + std::max(before, unfinished_.own()) - before;
  if (!unfinished_.is_too_much(Held::most_unfinished)) return;
  receiver_->release_buffer();  // room that is kept is no message
  unfinished_.set(receiver_->buffered());
  if (!unfinished_.is_too_much(Held::most_unfinished)) return;
  listener_.held_too_much("unfinished messages");
  receiver_.reset();
  unfinished_.set(0);
}

void FrameReader::hold(bool held) {
  if (std::exchange(held_, held) != held) context_.outside.hold_reading(attempt_, held);
}

void FrameReader::go_on() {
  if (!has_more()) return;
  const Bytes bytes = take_put_off();
  if (receiver_) read(bytes);
  if (!has_more()) hold(false);
}

void FrameReader::drop_rest() {
  if (!has_more()) return;
  (void)take_put_off();
  hold(false);
}

void FrameReader::forget() {
  receiver_.reset();
  unfinished_.set(0);
  (void)take_put_off();
  hold(false);
}

}  // namespace halfopen::run
