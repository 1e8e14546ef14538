#include "faults/fault.h"

namespace halfopen::faults {
namespace {

/// A record's head (RFC 8446, section 5.1): so much is read before it is seen to be none.
constexpr std::int64_t record_head = 5;

Reception receive(const Arguments& /*arguments*/) {
  constexpr std::uint8_t alert = 21;
  constexpr std::uint8_t fatal = 2;
  constexpr std::uint8_t unexpected_message = 10;
  return {.after_bytes = record_head,
          .farewell = {alert, 3, 3, 0, 2, fatal, unexpected_message},
          .end = Act{Act::Kind::cut}};
}

}  // namespace

extern const Fault port_tls = {
    .name = "tls",
    .layer = Layer::port,
    .about =
        "Speaks nothing but TLS: the client's HTTP request is answered with a fatal alert "
        "(unexpected_message), and TCP is ended.",
    .background =
        "ws:// where wss:// was meant. Java's TLS sends just these bytes; OpenSSL ends TCP without "
        "a word (accept-fin), and many a web server says 400.",
    .correct = "Fails the connection (1006) at the first bytes that are no HTTP, and backs off.",
    .source = "RFC 6455, section 4.1; RFC 8446, section 6.2",
    .receive = receive,
    .needs_plain = true,
};

}  // namespace halfopen::faults
