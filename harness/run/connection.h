// The server's end of one attempt, from accept to the end: TLS, the opening handshake, frames,
// steps. It does no I/O and reads no clock.
#pragma once

#include <optional>

#include "run/by.h"
#include "run/channel.h"
#include "run/closing.h"
#include "run/frame_log.h"
#include "run/frame_reader.h"
#include "run/frame_writer.h"
#include "run/gate.h"
#include "run/opening.h"
#include "run/pace.h"
#include "run/proxy.h"
#include "run/replies.h"
#include "run/sign_in.h"
#include "run/steps.h"

namespace halfopen::run {

/// What a connection tells of its client.
class Listener {
 public:
  virtual ~Listener() = default;
  /// A whole data message of the client's, whatever the steps make of it.
  virtual void message_came(Time now, int attempt, ByteView payload) = 0;
};

class Connection final : private StepTarget, private FrameListener {
 public:
  /// `host`: the one that it leads to. `table`: the attempt's table in the scenario, or null for
  /// the default. All must outlive this.
  Connection(const Context& context, Host& host, int attempt, const scenario::Attempt* table,
             Listener& listener);
  Connection(Connection&&) = delete;
  ~Connection() override = default;

  /// The Sec-WebSocket-Key of the attempt before.
  void comes_after(const std::string& key) { opening_.comes_after(key); }
  /// The server has accepted it. To be called first.
  void accepted(Time now);
  void received(Time now, ByteView wire);
  /// A FIN has come, the client's or that of something on the way.
  void peer_finished(Time now, By by = By::client);
  /// The same of a RST.
  void peer_reset(Time now, By by = By::client);
  /// The client can see that the server ends it.
  void end_seen(Time now) {
    if (steps_) steps_->end_seen(now);
  }
  /// The client has reported that it is open.
  void client_opened(Time now);
  /// See Steps.
  void halfopen_was_late(Duration by) {
    if (steps_) steps_->halfopen_was_late(by);
  }
  void tick(Time now);
  [[nodiscard]] std::optional<Time> deadline() const;
  /// What was gone through in the turn under way, in bytes.
  [[nodiscard]] std::size_t work() const { return reader_.work(); }
  /// Writes down what is still to be said; the run is over.
  void flush_log(Time now) { log_.flush(now); }

  /// When the handshake was completed; none if it was not.
  [[nodiscard]] std::optional<Time> opened() const { return opened_; }
  /// Open, and neither side has begun to end it.
  [[nodiscard]] bool alive() const;
  [[nodiscard]] bool steps_done() const {
    return steps_ ? steps_->done() && !sign_in_ : over_ || refused_;
  }
  /// A step waits for something that the client is to do, or will.
  [[nodiscard]] bool expects() const { return !over_ && steps_ && steps_->expects(); }
  [[nodiscard]] bool step_failed() const { return steps_ && steps_->failed(); }
  /// A step has left it without any sign of its end.
  [[nodiscard]] bool has_silenced() const { return steps_ && steps_->has_silenced(); }
  [[nodiscard]] bool over() const { return over_; }
  /// The client offers too little for the scenario to test anything.
  [[nodiscard]] bool lacks_offer() const { return opening_.lacks_offer(); }
  /// Not everything that the client sends is read.
  [[nodiscard]] bool reads_slowly() const { return !over_ && pace_ && pace_->is_slow(); }
  /// Its Sec-WebSocket-Key; "" before the request is read.
  [[nodiscard]] const std::string& key() const { return opening_.key(); }

 private:
  enum class Stage { opening, frames, refused };

  void at_gate(Time now);
  void follow_proxy();
  void settle(Time now);
  void follow_opening(Time now);
  void refused(Time now);
  void open(Time now);
  void read_early();
  void go_on_reading();
  void finish_reading();
  void take_message(const ws::Message& message);
  void sign_in(ByteView message);
  void turn_away();
  void forgo_sign_in();
  void echo(const ws::Message& message);
  void on_client_close(const ws::Message& message);
  void keep_pace(Time now);
  void judge_frames();
  void on_violation();
  void fail_client(std::uint16_t code);
  void end(Time now, trace::End how, By by);
  void forget();

  void message_begins() override;
  void frame_came(const CameFrame& frame) override { log_.received(now_, frame, {}, 0); }
  void message_came(const ws::Message& message, const CameFrame& last) override;
  void bytes_read(std::size_t count) override;
  [[nodiscard]] std::optional<std::uint64_t> bytes_to_strike() const override;
  [[nodiscard]] bool is_reading() const override { return stage_ == Stage::frames; }
  void held_too_much(const std::string& of_what) override;

  void send_message(Time now, ws::Opcode opcode, ByteView payload, int line) override {
    writer_.message(now, opcode, payload, line);
  }
  void send_frame(Time now, const ws::FrameHead& head, ByteView payload, int line) override {
    writer_.frame(now, head, payload, line);
  }
  void send_raw(ByteView bytes) override { writer_.raw(bytes); }
  void send_close(Time now, const scenario::CloseStep& close, int line) override;
  void answer_close(Time now, const scenario::CloseStep& close, int line) override;
  void carry_out(const faults::Act& act) override;
  void break_off(std::uint16_t code, const std::string& why) override;
  [[nodiscard]] bool is_open() const override { return alive(); }
  void set_echo() override { echo_ = true; }
  void read_at(Time now, std::optional<double> rate) override;
  void write_bytewise(bool bytewise) override { channel_.set_bytewise(bytewise); }

  const Context& context_;
  int attempt_;
  const scenario::Attempt* table_;
  Listener& listener_;
  Channel channel_;
  std::optional<Proxy> proxy_;  ///< Only where there is one.
  Opening opening_;
  FrameLog log_;
  FrameWriter writer_;
  FrameReader reader_;
  std::optional<Gate> gate_;  ///< Only where the connection never gets to its handshake.
  Stage stage_ = Stage::opening;
  std::optional<SignIn> sign_in_;          ///< While its token is waited for.
  std::vector<scenario::Step> dismissal_;  ///< What is done instead of its steps without it.
  std::optional<Steps> steps_;
  std::optional<Replies> replies_;  ///< Once it is open.
  std::optional<Pace> pace_;        ///< Once a step has said how fast to read.
  std::optional<Time> opened_;
  Time now_{};  ///< The time of the call under way, for the receiver's callbacks.
  bool echo_ = false;
  Closing closing_;
  bool answers_pings_ = true;
  bool after_close_reported_ = false;
  bool refused_ = false;
  bool over_ = false;
};

}  // namespace halfopen::run
