// The server, and the page that browsers get from it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/time.h"

namespace halfopen::scenario {

/// What the server's name resolves to. With both, clients that race the two families (RFC 8305)
/// may open two connections for one purpose, and each counts as an attempt.
enum class Addresses { ipv4, ipv6, both };

/// An HTTP proxy that the client is pointed at.
struct Proxy {
  std::string credentials;  ///< "user:secret", without which nothing goes through; "": none wanted.
};
/// What the server makes of a client's offer of permessage-deflate (RFC 7692). `required`: a client
/// that offers none cannot play the scenario.
enum class DeflatePolicy { accepted, declined, required };
/// The server holds at most so many connections at a time.
struct ConnectionLimit {
  /// What becomes of one too many: RST for its SYN, RST once it is accepted, a 503 for its
  /// handshake, or nothing until there is a place for it.
  enum class Then { refuse, reset, unavailable, queue };
  int most = 1;
  Then then = Then::refuse;
  Duration held{};  ///< How long the place of a connection that is over stays taken.
  Place place;
};

struct Server {
  bool tls = false;
  DeflatePolicy deflate = DeflatePolicy::accepted;
  std::string host = "server.test";
  Addresses addresses = Addresses::ipv4;
  std::string path = "/";
  std::optional<Proxy> proxy;          ///< None: the client is to connect to the server itself.
  std::vector<std::string> protocols;  ///< Subprotocols that the client is to offer, in that order.
  std::optional<ConnectionLimit> connections;
};
/// A page for clients that are browsers.
struct Page {
  bool https = false;
  std::string html;       ///< Empty: the client's own page.
  bool required = false;  ///< The scenario has a [page] table: only clients that can `page` fit.
};

}  // namespace halfopen::scenario
