#include "ws/receiver.h"

#include <wslay/wslay.h>

#include <algorithm>
#include <cstring>
#include <limits>

#include "base/error.h"
#include "ws/close_code.h"
#include "ws/deflate.h"
#include "ws/deflate_stream.h"
#include "ws/head_fault.h"
#include "ws/utf8.h"

namespace halfopen::ws {
namespace {

/// A buffer up to this size is kept from one message to the next.
constexpr std::size_t kept_buffer = std::size_t{256} * 1024;
constexpr std::size_t longest_head = 14;
constexpr int no_code = 1005;  // RFC 6455, section 7.1.5: a Close frame without a body.

bool is_control(std::uint8_t opcode) { return (opcode & 8) != 0; }
bool is_reserved(std::uint8_t opcode) { return opcode > 10 || (opcode > 2 && opcode < 8); }

struct FreeContext {
  void operator()(wslay_frame_context* context) const { wslay_frame_context_free(context); }
};

}  // namespace

// Uses wslay's frame layer: its event layer would answer by itself, allocate for every message and
// hide whether a frame was masked.
struct Receiver::State {
  Role role;
  Callbacks callbacks;
  std::size_t limit;
  std::unique_ptr<wslay_frame_context, FreeContext> wslay;
  ByteView given;  ///< The bytes fed last.
  ByteView input;  ///< What wslay has not taken of them yet.
  std::optional<Violation> violation;
  std::uint64_t fed = 0;    ///< All bytes so far.
  std::uint64_t ended = 0;  ///< Those of them that belong to whole frames.
  bool closed = false;      ///< The peer's Close frame has come.
  bool data_after_close = false;
  Bytes head;  ///< The first bytes of the frame in progress that came in earlier calls.

  ReceivedFrame frame;            ///< The one in progress.
  std::uint64_t frame_taken = 0;  ///< Payload bytes of it that have come.
  bool in_frame = false;
  std::optional<Opcode> message;  ///< The data message in progress.
  Bytes data;                     ///< Its payload so far, inflated.
  Bytes control;                  ///< The payload so far of a control frame; at most 125 bytes.
  Utf8Checker utf8;
  std::optional<Inflation> inflation;        ///< None: no message may be compressed.
  std::optional<Decompressor> decompressor;  ///< Since the first compressed message.
  bool compressed = false;                   ///< The message in progress is.

  State(Role role_, Callbacks callbacks_, std::size_t limit_);
  static ssize_t give(std::uint8_t* out, std::size_t room, int flags, void* self);

  [[nodiscard]] bool stopped() const { return violation || data_after_close; }
  void fail(std::uint16_t code, const char* rule, std::string text);
  void run();
  void keep_head();
  void take(const wslay_frame_iocb& piece);
  void begin_frame(const wslay_frame_iocb& piece);
  void check_head();
  [[nodiscard]] bool may_have_rsv1() const;
  void check_order();
  void inflate(ByteView bytes);
  void end_inflation();
  void judge_inflated(Decompressor::Result result, std::size_t had);
  void end_frame(ByteView last);
  void end_control(ByteView payload);
  void end_close(ByteView payload);
  void end_message(ByteView payload);
};

Receiver::State::State(Role role_, Callbacks callbacks_, std::size_t limit_)
    : role(role_), callbacks(std::move(callbacks_)), limit(limit_) {
  wslay_frame_callbacks functions{};
  functions.recv_callback = &State::give;
  wslay_frame_context_ptr made = nullptr;
  if (wslay_frame_context_init(&made, &functions, this) != 0) {
    throw Error("make a WebSocket frame reader", "out of memory");
  }
  wslay.reset(made);
}

/// wslay asks for bytes; -1 says that there are none for now.
ssize_t Receiver::State::give(std::uint8_t* out, std::size_t room, int /*flags*/, void* self) {
  ByteView& input = static_cast<State*>(self)->input;
  const std::size_t count = std::min(room, input.size());
  if (count == 0) return -1;
  std::memcpy(out, input.data(), count);
  input = input.subspan(count);
  return static_cast<ssize_t>(count);
}

/// After a Close frame nothing can go wrong but that there is something else than control frames.
void Receiver::State::fail(std::uint16_t code, const char* rule, std::string text) {
  if (closed) {
    data_after_close = true;
    return;
  }
  violation = Violation{code, rule, std::move(text)};
  release(data);
}

void Receiver::State::run() {
  while (!stopped()) {
    wslay_frame_iocb piece{};
    const ssize_t result = wslay_frame_recv(wslay.get(), &piece);
    if (result == WSLAY_ERR_WANT_READ) return;
    if (result < 0) {
      keep_head();
      return fail(1002, "frame", head_fault(head));
    }
    take(piece);
  }
}

/// Keeps what has come of a head that is not whole, to say what is wrong with it.
void Receiver::State::keep_head() {
  const std::uint64_t before = fed - given.size();
  if (ended > before) head.clear();
  const ByteView fresh = given.subspan(ended > before ? ended - before : 0);
  append(head, fresh.first(std::min(fresh.size(), longest_head - head.size())));
}

void Receiver::State::take(const wslay_frame_iocb& piece) {
  if (!in_frame) begin_frame(piece);
  if (stopped()) return;
  const ByteView bytes(piece.data, piece.data_length);
  frame_taken += bytes.size();
  if (!is_control(frame.opcode) && compressed) {
    inflate(bytes);
    if (!violation && frame_taken == frame.length) end_frame({});
    return;
  }
  if (!is_control(frame.opcode) && message == Opcode::text && !utf8.feed(bytes)) {
    return fail(1007, "utf8", "a text message that is not UTF-8");
  }
  if (frame_taken == frame.length) return end_frame(bytes);
  append(is_control(frame.opcode) ? control : data, bytes);
}

void Receiver::State::begin_frame(const wslay_frame_iocb& piece) {
  frame = {piece.opcode, piece.fin != 0, piece.rsv, piece.mask != 0, piece.payload_length};
  frame_taken = 0;
  in_frame = true;
  if (closed && !is_control(frame.opcode)) data_after_close = true;
  check_head();
  if (!stopped() && !is_control(frame.opcode)) check_order();
}

/// RSV1 stands on the first frame of a data message only (RFC 7692, section 6.1).
bool Receiver::State::may_have_rsv1() const {
  const bool begins =
      !is_control(frame.opcode) && frame.opcode != static_cast<std::uint8_t>(Opcode::continuation);
  return inflation && (begins || !inflation->checks_rsv1);
}

void Receiver::State::check_head() {
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

/// `last`: the frame's last bytes, not yet kept.
void Receiver::State::end_frame(ByteView last) {
  in_frame = false;
  const std::uint64_t length_bytes = frame.length < 126 ? 0 : frame.length <= 0xffff ? 2 : 8;
  ended += 2 + length_bytes + (frame.masked ? 4 : 0) + frame.length;
  if (callbacks.on_frame) callbacks.on_frame(frame);
  const bool control_frame = is_control(frame.opcode);
  Bytes& kept = control_frame ? control : data;
  const bool whole = control_frame || frame.fin;
  // A message that came in one piece is handed on from where it lies.
  if (!whole || !kept.empty()) append(kept, last);
  if (!whole) return;
  if (!control_frame && compressed) end_inflation();
  if (violation) return;
  const ByteView payload = kept.empty() ? last : ByteView(kept);
  if (control_frame) {
    end_control(payload);
  } else {
    end_message(payload);
  }
  kept.clear();
  if (kept.capacity() > kept_buffer) kept.shrink_to_fit();
}

void Receiver::State::end_control(ByteView payload) {
  const auto opcode = static_cast<Opcode>(frame.opcode);
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

void Receiver::feed(ByteView bytes) {
  State& state = *state_;
  state.fed += bytes.size();
  state.given = state.input = bytes;
  state.run();
  if (!state.stopped()) state.keep_head();
  state.given = state.input = {};
}

const std::optional<Receiver::Violation>& Receiver::violation() const { return state_->violation; }

bool Receiver::data_after_close() const { return state_->data_after_close; }

std::size_t Receiver::buffered() const {
  return state_->data.capacity() + (state_->decompressor ? Decompressor::size : 0);
}

void Receiver::release_buffer() {
  if (state_->data.empty()) release(state_->data);
}

}  // namespace halfopen::ws
