// The opening handshake of one attempt as the server has it: reads the request, judges it, and
// writes the answer that the scenario wants.
#pragma once

#include <optional>
#include <string>

#include "run/channel.h"
#include "run/responder.h"
#include "ws/deflate.h"
#include "ws/request.h"

namespace halfopen::run {

/// Writes down what is wrong with a client's request to open a WebSocket connection.
void check_request(const Context& context, Time now, int attempt, const ws::Request& request);

class Opening {
 public:
  enum class State {
    request,  ///< Not read whole yet.
    answer,   ///< Being written, or held back.
    open,     ///< Answered, and the client may open on it.
    refused,  ///< Answered, and it may not.
    invalid,  ///< That was no HTTP: answered with 400.
  };

  /// `table`: the attempt's table in the scenario, or null for the default. All must outlive this.
  Opening(const Context& context, int attempt, const scenario::Attempt* table, Channel& channel);

  /// The Sec-WebSocket-Key of the attempt before.
  void comes_after(const std::string& key) { before_.key = key; }
  /// A proxy has changed the request: what is wrong with it is not the client's doing.
  void excuse_request() { excused_ = true; }
  /// Only while in `request` or `answer`. What it writes may wait in the channel.
  void received(Time now, ByteView bytes);
  void tick(Time now);
  [[nodiscard]] std::optional<Time> deadline() const;

  [[nodiscard]] State state() const { return state_; }
  /// Its Sec-WebSocket-Key; "" before the request is read.
  [[nodiscard]] const std::string& key() const { return key_; }
  /// How the request is answered; only once it was read.
  [[nodiscard]] const Reaction& reaction() const { return responder_->reaction(); }
  /// permessage-deflate as the answer has it; only once there is one.
  [[nodiscard]] std::optional<ws::Deflate> deflate() const;
  /// The request does not offer what the scenario needs: there is nothing to test here.
  [[nodiscard]] bool lacks_offer() const { return lacks_offer_; }
  /// What the client sent behind its request before that was answered; once.
  [[nodiscard]] Bytes take_early();
  /// That was too much to be kept: what comes now is not the beginning of a frame.
  [[nodiscard]] bool too_much_early() const { return too_much_early_; }

  /// The connection is over: frees what it holds.
  void forget();

 private:
  void read_request(Time now, ByteView bytes);
  void hold_part(Time now, std::size_t size);
  void take_request(Time now, const ws::Request& request);
  void keep_early(Time now, ByteView bytes);
  void bad_request(Time now, const char* rule, const std::string& problem);
  void check_credentials(Time now, const ws::Request& request);
  void check_offer(Time now, const ws::Request& request);
  void answered(Time now);

  const Context& context_;
  int attempt_;
  const scenario::Attempt* table_;
  Channel& channel_;
  State state_ = State::request;
  bool excused_ = false;
  bool upgrades_ = false;  ///< The request asks for a WebSocket.
  ws::RequestReader reader_;
  Before before_;
  std::string key_;
  bool lacks_offer_ = false;
  std::optional<Responder> responder_;
  Bytes early_;
  Share held_;  ///< Of what all connections hold.
  bool early_reported_ = false;
  bool too_much_early_ = false;
};

}  // namespace halfopen::run
