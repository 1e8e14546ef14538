#include "ws/receiver.h"

#include <algorithm>

#include "ws/close_code.h"
#include "ws/deflate.h"
#include "ws/deflate_stream.h"
#include "ws/utf8.h"

namespace halfopen::ws {
namespace {

/// A buffer up to this size is kept from one message to the next.
constexpr std::size_t kept_buffer = std::size_t{256} * 1024;
constexpr int no_code = 1005;  // RFC 6455, section 7.1.5: a Close frame without a body.

bool is_reserved(std::uint8_t opcode) { return opcode > 10 || (opcode > 2 && opcode < 8); }

}  // namespace

struct Receiver::State {
  Role role;
  Callbacks callbacks;
  std::size_t limit;
  std::optional<Violation> violation;
  bool closed = false;  ///< The peer's Close frame has come.
  bool data_after_close = false;

  HeadReader head;                ///< Of the frame in progress.
  bool in_frame = false;          ///< Its head has been looked at.
  std::uint64_t frame_taken = 0;  ///< Payload bytes of it that have come.
  std::optional<Opcode> message;  ///< The data message in progress.
  Bytes data;                     ///< Its payload so far, inflated.
  Bytes packed;                   ///< Compressed bytes of it, until they are inflated.
  Bytes packed_first;             ///< The first of them in the frame in progress.
  Bytes control;                  ///< The payload so far of a control frame; at most 125 bytes.
  Utf8Checker utf8;
  std::optional<Inflation> inflation;        ///< None: no message may be compressed.
  std::optional<Decompressor> decompressor;  ///< Since the first compressed message.
  bool compressed = false;                   ///< The message in progress is.

  State(Role role_, Callbacks callbacks_, std::size_t limit_)
      : role(role_), callbacks(std::move(callbacks_)), limit(limit_) {}

  [[nodiscard]] bool stopped() const { return violation || data_after_close; }
  void fail(std::uint16_t code, const char* rule, std::string text);
  void run(ByteView input);
  void take(ByteView piece);
  [[nodiscard]] Bytes& destination();
  void begin_frame();
  void check_head();
  [[nodiscard]] bool may_have_rsv1() const;
  void check_order();
  void inflate(ByteView bytes);
  void end_inflation();
  void judge_inflated(Decompressor::Result result, std::size_t had);
  [[nodiscard]] ByteView payload_of(const ReceivedFrame& frame) const;
  void end_frame();
  void end_control(Opcode opcode, ByteView payload);
  void end_close(ByteView payload);
  void end_message(ByteView payload);
};

/// After a Close frame nothing can go wrong but that there is something else than control frames.
void Receiver::State::fail(std::uint16_t code, const char* rule, std::string text) {
  if (closed) {
    data_after_close = true;
    return;
  }
  violation = Violation{code, rule, std::move(text)};
  release(data);
}

void Receiver::State::run(ByteView input) {
  while (!stopped()) {
    head.read(input);
    if (!head.fault().empty()) return fail(1002, "frame", head.fault());
    if (!head.is_whole()) return;
    const std::uint64_t missing = head.frame().length - frame_taken;
    if (input.empty() && missing > 0) return;
    const ByteView piece = input.first(std::min<std::uint64_t>(input.size(), missing));
    input = input.subspan(piece.size());
    take(piece);
  }
}

/// `piece`: what comes next of the frame's payload.
void Receiver::State::take(ByteView piece) {
  if (!in_frame) begin_frame();
  if (stopped()) return;
  Bytes& to = destination();
  const std::size_t had = to.size();
  append(to, piece);
  const std::span<std::uint8_t> fresh = std::span(to).subspan(had);
  if (head.frame().masked) mask(fresh, head.key(), frame_taken);
  frame_taken += piece.size();
  if (&to == &packed) {
    const std::size_t missing = shown - std::min(shown, packed_first.size());
    append(packed_first, ByteView(fresh).first(std::min(fresh.size(), missing)));
    inflate(packed);
    packed.clear();
  } else if (&to == &data && message == Opcode::text && !utf8.feed(fresh)) {
    return fail(1007, "utf8", "a text message that is not UTF-8");
  }
  if (!violation && frame_taken == head.frame().length) end_frame();
}

/// Where the payload of the frame in progress goes.
Bytes& Receiver::State::destination() {
  if (is_control(head.frame().opcode)) return control;
  return compressed ? packed : data;
}

void Receiver::State::begin_frame() {
  in_frame = true;
  packed_first.clear();
  const bool is_data = !is_control(head.frame().opcode);
  if (closed && is_data) data_after_close = true;
  check_head();
  if (!stopped() && is_data) check_order();
}

/// RSV1 stands on the first frame of a data message only (RFC 7692, section 6.1).
bool Receiver::State::may_have_rsv1() const {
  const ReceivedFrame& frame = head.frame();
  const bool begins =
      !is_control(frame.opcode) && frame.opcode != static_cast<std::uint8_t>(Opcode::continuation);
  return inflation && (begins || !inflation->checks_rsv1);
}

void Receiver::State::check_head() {
  const ReceivedFrame& frame = head.frame();
  if ((frame.rsv & ~(may_have_rsv1() ? rsv1 : 0)) != 0) {
    fail(1002, "frame",
         inflation ? "a " + name_of(frame.opcode) +
                         " frame with a reserved bit set that compression does not use there"
                   : "a frame with a reserved bit set, and no extension was agreed on");
  } else if (is_reserved(frame.opcode)) {
    fail(1002, "frame", "a frame with the reserved opcode " + name_of(frame.opcode));
  } else if (role == Role::server && !frame.masked) {
    fail(1002, "masked", "an unmasked frame from the client");
  } else if (role == Role::client && frame.masked) {
    fail(1002, "masked", "a masked frame from the server");
  }
}

void Receiver::State::check_order() {
  const ReceivedFrame& frame = head.frame();
  const bool continues = frame.opcode == static_cast<std::uint8_t>(Opcode::continuation);
  if (continues && !message) {
    return fail(1002, "frame", "a continuation frame without a message to continue");
  }
  if (!continues && message) {
    return fail(1002, "frame",
                "a " + name_of(frame.opcode) + " frame in the middle of another message");
  }
  if (!continues) {
    message = static_cast<Opcode>(frame.opcode);
    compressed = (frame.rsv & rsv1) != 0 && inflation->inflates;
    utf8.reset();
  }
  if (!compressed && frame.length > limit - data.size()) {
    return fail(1009, "length", "a message longer than " + std::to_string(limit) + " bytes");
  }
  if (!continues && callbacks.on_message_begins) callbacks.on_message_begins();
}

/// Of a frame that has come whole: what its message has of it, which is the end so far.
ByteView Receiver::State::payload_of(const ReceivedFrame& frame) const {
  if (is_control(frame.opcode)) return control;
  return compressed ? ByteView(packed_first) : ByteView(data).last(frame.length);
}

void Receiver::State::end_frame() {
  const ReceivedFrame frame = head.frame();
  head.clear();
  in_frame = false;
  frame_taken = 0;
  const bool control_frame = is_control(frame.opcode);
  if (callbacks.on_frame) callbacks.on_frame(frame, payload_of(frame));
  if (!control_frame && !frame.fin) return;
  if (!control_frame && compressed) end_inflation();
  if (violation) return;
  Bytes& kept = control_frame ? control : data;
  if (control_frame) {
    end_control(static_cast<Opcode>(frame.opcode), kept);
  } else {
    end_message(kept);
  }
  kept.clear();
  if (kept.capacity() > kept_buffer) kept.shrink_to_fit();
}

void Receiver::State::end_control(Opcode opcode, ByteView payload) {
  if (opcode == Opcode::close) return end_close(payload);
  if (callbacks.on_message) callbacks.on_message({opcode, payload, 0});
}

void Receiver::State::end_close(ByteView payload) {
  if (payload.size() == 1) return fail(1002, "frame", "a Close frame with a body of one byte");
  int code = no_code;
  if (!payload.empty()) {
    code = payload[0] << 8 | payload[1];
    if (!may_be_sent(code)) {
      return fail(1002, "frame", "a Close frame with the code " + std::to_string(code));
    }
    if (!is_utf8(payload.subspan(2))) {
      return fail(1007, "utf8", "a Close frame with a reason that is not UTF-8");
    }
  }
  closed = true;
  release(data);
  if (callbacks.on_message) callbacks.on_message({Opcode::close, payload, code});
}

void Receiver::State::inflate(ByteView bytes) {
  if (!decompressor) decompressor.emplace(inflation->window_bits, inflation->takeover);
  const std::size_t had = data.size();
  judge_inflated(decompressor->feed(bytes, data, limit), had);
}

void Receiver::State::end_inflation() {
  if (!decompressor) inflate({});
  const std::size_t had = data.size();
  judge_inflated(decompressor->end_message(data, limit), had);
}

/// `had`: how much of the message there was before.
void Receiver::State::judge_inflated(Decompressor::Result result, std::size_t had) {
  switch (result) {
    case Decompressor::Result::ok:
      break;
    case Decompressor::Result::invalid:
      if (!inflation->checks_data) break;
      return fail(1007, "deflate",
                  "a compressed message that cannot be inflated: " + decompressor->problem());
    case Decompressor::Result::too_long:
      return fail(1009, "length",
                  "a compressed message longer than " + std::to_string(limit) + " bytes");
  }
  if (message == Opcode::text && !utf8.feed(ByteView(data).subspan(had)))
    fail(1007, "utf8", "a text message that is not UTF-8");
}

void Receiver::State::end_message(ByteView payload) {
  const Opcode opcode = *message;
  message.reset();
  if (opcode == Opcode::text && !utf8.at_boundary()) {
    return fail(1007, "utf8", "a text message that ends within a UTF-8 sequence");
  }
  if (callbacks.on_message) callbacks.on_message({opcode, payload, 0});
}

Receiver::Receiver(Role role, Callbacks callbacks, std::size_t limit)
    : state_(std::make_unique<State>(role, std::move(callbacks), limit)) {}
Receiver::~Receiver() = default;

void Receiver::allow_deflate(const Inflation& inflation) { state_->inflation = inflation; }

void Receiver::feed(ByteView bytes) { state_->run(bytes); }

const std::optional<Receiver::Violation>& Receiver::violation() const { return state_->violation; }

bool Receiver::data_after_close() const { return state_->data_after_close; }

std::size_t Receiver::buffered() const {
  return state_->data.capacity() + state_->packed.capacity() +
         (state_->decompressor ? Decompressor::size : 0);
}

void Receiver::release_buffer() {
  if (state_->data.empty()) release(state_->data);
}

}  // namespace halfopen::ws
