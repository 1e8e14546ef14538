// The HTTP proxy that the client is pointed at, and the tunnel through it (RFC 6455, section 4.1,
// item 3; RFC 9110, section 9.3.6).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "policy.h"
#include "url.h"
#include "ws/response.h"

namespace reference {

struct Proxy {
  Url address;              ///< Its host and port.
  std::string credentials;  ///< "user:secret", or "".
};

/// Throws halfopen::Error for anything but http://, with or without credentials.
[[nodiscard]] Proxy parse_proxy(std::string_view text);

/// The credentials as Proxy-Authorization has them (RFC 7617, section 2).
[[nodiscard]] std::string basic(const Proxy& proxy);

/// The proxy that the usual variables name for that address; none where `no_proxy` exempts it.
[[nodiscard]] std::optional<Proxy> proxy_of_environment(const Url& url);

/// Asks a proxy for a tunnel. Credentials are sent only once the proxy has asked for them (RFC
/// 9110, section 11.7).
class Tunnel {
 public:
  enum class State {
    asking,
    through,     ///< What follows is the server's.
    challenged,  ///< The proxy wants credentials, on a new connection.
    refused,     ///< problem() says why.
  };

  /// `challenged`: this proxy has asked for credentials before.
  Tunnel(const Policy& policy, const Proxy& proxy, const Url& server, bool challenged)
      : policy_(policy),
        proxy_(proxy),
        authority_(server.host_and_port()),
        challenged_(challenged) {}

  [[nodiscard]] std::string request() const;
  /// Returns how many of the bytes are the proxy's own; `output` gets what is to be said to it.
  std::size_t feed(halfopen::ByteView bytes, halfopen::Bytes& output);
  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  void judge(halfopen::Bytes& output);
  void authenticate(halfopen::Bytes& output);

  const Policy& policy_;
  Proxy proxy_;
  std::string authority_;
  bool challenged_;
  State state_ = State::asking;
  halfopen::ws::ResponseReader reader_;
  std::size_t body_ = 0;  ///< So many bytes of an answer's body are still to come.
  std::string problem_;
};

}  // namespace reference
