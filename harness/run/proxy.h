// The HTTP proxy between the client and the server of one attempt: one that the client is pointed
// at (RFC 9110, section 9.3.6: CONNECT; RFC 9112, section 3.2.2: absolute-form), or one on the
// server's port that it does not know of.
#pragma once

#include <optional>
#include <string>

#include "faults/proxy_plan.h"
#include "run/channel.h"
#include "run/context.h"
#include "run/host.h"
#include "ws/request.h"

namespace halfopen::run {

class Proxy {
 public:
  /// `host`: the one behind it. `table`: the attempt's table in the scenario, or null. All must
  /// outlive this.
  Proxy(const Context& context, int attempt, Host& host, const scenario::Attempt* table,
        Channel& channel);

  void accepted(Time now) { last_bytes_ = now; }
  /// Bytes of the client's; returns those for the server behind it, which may lie in `storage`.
  [[nodiscard]] ByteView received(Time now, ByteView wire, Bytes& storage);
  /// To be called after whatever may have written to the client: it is not idle then.
  void watch(Time now);
  /// How it ends the connection, if it does so now.
  [[nodiscard]] std::optional<faults::Act> tick(Time now);
  [[nodiscard]] std::optional<Time> deadline() const;

  /// It has said no, and has ended the connection.
  [[nodiscard]] bool refused() const { return state_ == State::refused; }
  /// It has taken fields out of the request.
  [[nodiscard]] bool altered() const { return altered_; }
  /// The connection is over: frees what it holds.
  void forget() {
    reader_ = {};
    held_.set(0);
  }

 private:
  enum class State { reading, passing, refused, hanging };

  [[nodiscard]] bool pointed_at() const { return context_.scenario.server.proxy.has_value(); }
  void read(Time now, ByteView wire, Bytes& onward);
  void hold_part(Time now, std::size_t size);
  void decide(Time now, const ws::Request& request, Bytes& onward);
  void connect(Time now, const ws::Request& request);
  void forward(Time now, ws::Request request, Bytes& onward);
  [[nodiscard]] bool portal_is_open(Time now);
  [[nodiscard]] bool is_login(const ws::Request& request) const;
  void log_in();
  [[nodiscard]] bool turned_away(Time now, const ws::Request& request);
  void refuse(Time now, const ws::Request& request, const ws::Answer& answer);
  void note_refusal(Time now, const ws::Request& request, const ws::Answer& answer);
  void complain(Time now, const ws::Request& request, const std::string& text);
  void say_no(const ws::Answer& answer);
  void no_request(Time now);
  void strike(Time now);
  void spoke_on(Time now, const std::string& what);

  const Context& context_;
  int attempt_;
  const scenario::Attempt* table_;
  Host& host_;
  Portal& portal_;
  Channel& channel_;
  faults::ProxyPlan plan_;
  State state_ = State::passing;
  ws::RequestReader reader_;
  Share held_;  ///< Of what all connections hold.
  int challenges_ = 0;
  int connect_refused_ = 0;  ///< The status with which a CONNECT was refused last; 0: none was.
  bool altered_ = false;
  bool struck_ = false;
  bool spoke_on_ = false;
  Time last_bytes_{};
  std::uint64_t written_ = 0;  ///< To the client, when it was last looked at.
};

}  // namespace halfopen::run
