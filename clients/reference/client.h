// The client: one connection at a time, and the next one when its policy says so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "connection.h"
#include "dial.h"
#include "policy.h"
#include "retry.h"
#include "socket.h"
#include "url.h"

namespace reference {

struct Settings {
  Policy policy;
  Url url;
  std::string origin;   ///< Of the page that it pretends to run in; "" for none.
  std::string ca_file;  ///< PEM.
  std::optional<Proxy> proxy;
  std::vector<std::string> protocols;  ///< Subprotocols to offer, in that order.
  std::uint64_t seed = 0;
};

class Client {
 public:
  explicit Client(const Settings& settings)
      : settings_(settings), retry_(settings.policy, settings.seed) {}

  // ── what the application wants; they return why it cannot be had, or "" ──
  std::string connect(Time now);
  std::string reconnect(Time now);
  std::string send(std::string_view text);
  std::string close(int code, std::string_view reason, Time now);
  /// The token of all attempts to come.
  /// `in_message`: it is not in the request but in the first message.
  std::string use_token(std::string_view token, bool in_message = false);

  // ── for the loop: descriptor (or -1) and events for poll(), and when to come at the latest ──
  [[nodiscard]] int number() const;
  [[nodiscard]] short interest() const;
  [[nodiscard]] std::optional<Time> due() const;
  void ready(Time now);
  void tick(Time now);

  [[nodiscard]] bool has_been_open() const { return has_been_open_; }

 private:
  void start(Time now);
  [[nodiscard]] Url next_url();
  void show_token();
  void go_on_dialling(Time now);
  void receive(Time now);
  void settle(Time now);
  void take(const Happening& happening, Time now);
  void after(const Closed& closed, Time now);

  const Settings& settings_;
  Retry retry_;
  std::optional<Dial> dial_;
  Targets known_;            ///< Only for the mutant that resolves once.
  bool unresolved_ = false;  ///< The look-up of this attempt failed.
  std::optional<Socket> socket_;
  std::optional<Connection> connection_;
  std::optional<Time> retry_at_;
  bool challenged_ = false;  ///< Its proxy has asked for credentials.
  Remembered remembered_;
  std::string token_;  ///< "" before the application has given one.
  bool token_in_message_ = false;
  std::optional<Url> redirected_;  ///< Only for the mutant that follows redirects.
  bool leaving_ = false;           ///< The application closed it: it is not to be retried.
  bool connect_at_end_ = false;    ///< … but connected anew (reconnect).
  bool has_been_open_ = false;
};

}  // namespace reference
