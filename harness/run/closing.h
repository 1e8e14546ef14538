// The closing handshake of one connection, as its server has it: who has closed, and what may still
// be done (RFC 6455, sections 5.5.1 and 7.1). Pure.
#pragma once

#include <optional>

#include "run/by.h"

namespace halfopen::run {

class Closing {
 public:
  enum class State {
    open,           ///< Neither side has sent a Close frame.
    server_closed,  ///< The server has; the client's answer is awaited.
    client_closed,  ///< The client has; the server owes its answer, or withholds it.
    closed,         ///< Both have.
  };

  /// The server sends a Close frame; also another one.
  void send();
  /// The client's has come; also another one.
  void receive();
  /// From now on the server withholds its answer, and does not end TCP.
  void withhold() { withholds_ = true; }
  /// Whether it is left to the client to end TCP once both have closed. As a rule the server does
  /// (section 7.1.1).
  void leave_tcp(bool left) { leaves_tcp_ = left; }

  [[nodiscard]] State state() const { return state_; }
  /// Who began it; none while nobody has.
  [[nodiscard]] std::optional<By> first() const { return first_; }
  /// Behind a Close of its own a side sends no more data (section 5.5.1).
  [[nodiscard]] bool server_may_send() const;
  /// Behind its Close a client may still send control frames; none is answered (section 5.5.2).
  [[nodiscard]] bool client_is_heeded() const;
  /// The client's Close is to be answered now (section 5.5.1).
  [[nodiscard]] bool owes_answer() const;
  /// Both have closed, and the server ends TCP now (section 7.1.1).
  [[nodiscard]] bool ends_tcp() const;
  /// Whether the server ends its side when the client has ended TCP.
  [[nodiscard]] bool answers_fin() const { return !withholds_; }

 private:
  State state_ = State::open;
  std::optional<By> first_;
  bool withholds_ = false;
  bool leaves_tcp_ = false;
};

}  // namespace halfopen::run
