// What the client says on a connection: taken apart in portions, no more of it in one turn than is
// one turn's work, and within what all connections together may hold.
#pragma once

#include <optional>
#include <string>

#include "run/context.h"
#include "run/frame_log.h"
#include "ws/deflate.h"
#include "ws/receiver.h"

namespace halfopen::run {

/// Whom a FrameReader reads for.
class FrameListener {
 public:
  virtual ~FrameListener() = default;
  virtual void message_begins() = 0;
  /// A frame whose message goes on in the next.
  virtual void frame_came(const CameFrame& frame) = 0;
  /// A whole message, or a control frame; `last` is its last frame.
  virtual void message_came(const ws::Message& message, const CameFrame& last) = 0;
  /// So many bytes were read: what waits for them is done.
  virtual void bytes_read(std::size_t count) = 0;
  /// How many bytes are still to come before something is to be done; none if nothing waits.
  [[nodiscard]] virtual std::optional<std::uint64_t> bytes_to_strike() const = 0;
  /// Whether anything that comes is still looked at.
  [[nodiscard]] virtual bool is_reading() const = 0;
  /// All connections together hold too much of that, and this one has part in it.
  virtual void held_too_much(const std::string& of_what) = 0;
};

class FrameReader {
 public:
  FrameReader(const Context& context, int attempt, FrameListener& listener);

  /// To be called first. `deflate`: what was agreed on.
  void start(const std::optional<ws::Deflate>& deflate);
  /// Another turn: it may do as much again.
  void new_turn() { work_ = 0; }
  /// What the listener has done with a message is work, too.
  void count_work(std::size_t bytes) { work_ += bytes; }
  /// Done in the turn under way, in bytes gone through.
  [[nodiscard]] std::size_t work() const { return work_; }
  void read(ByteView bytes);
  /// What was put off, as far as this turn goes.
  void go_on();
  /// Nobody reads any more what was put off.
  void drop_rest();
  /// Something was put off.
  [[nodiscard]] bool has_more() const { return !put_off_.empty(); }
  /// Null before start() and after forget().
  [[nodiscard]] const ws::Receiver* receiver() const { return receiver_ ? &*receiver_ : nullptr; }
  /// The connection is over: frees what it holds.
  void forget();

 private:
  void read_portion(ByteView portion);
  void put_off(ByteView bytes);
  Bytes take_put_off();
  void hold(bool held);

  const Context& context_;
  int attempt_;
  FrameListener& listener_;
  std::optional<ws::Receiver> receiver_;
  CameFrame last_frame_;
  bool deflates_ = false;
  Share unfinished_;    ///< Of what all connections hold.
  Share put_off_held_;  ///< The same of what is put off.
  Bytes put_off_;       ///< Came, and waits for the next turn.
  bool held_ = false;   ///< So that no more comes.
  std::size_t work_ = 0;
};

}  // namespace halfopen::run
