#include "scenario/invariants.h"

#include <array>

namespace halfopen::scenario {
namespace {

constexpr std::array<InvariantName, 20> table{{
    {"masked-frames", "every frame from the client is masked (RFC 6455, section 5.1)"},
    {"fresh-key", "every attempt has a Sec-WebSocket-Key of its own (RFC 6455, section 4.1)"},
    {"version-13", "the request asks for version 13 (RFC 6455, section 4.1)"},
    {"one-connecting",
     "at most one connection to each address that a look-up found, or to each family of addresses, "
     "is in CONNECTING (RFC 6455, section 4.1; RFC 8305)"},
    {"one-connection", "the client never keeps two live connections"},
    {"one-close",
     "a client whose client.toml says that it reports does so with one `close` for each connection "
     "that ended"},
    {"silence-after-giving-up", "a client that says it has given up makes no further attempt"},
    {"no-data-after-close", "no data follows the client's Close frame (RFC 6455, section 5.5.1)"},
    {"no-plaintext-to-tls", "the client speaks TLS, and nothing else, to a TLS port"},
    {"no-hot-loop", "no more than three retries in a row come closer together than 100 ms"},
    {"no-flood",
     "the client does not flood: no more than 5000 attempts in a run, 100000 reports, 50000 "
     "lines of output, and so on"},
    {"valid-handshake-request", "the opening request is as RFC 6455, section 4.1 wants it"},
    {"waits-for-answer",
     "nothing is sent behind the opening request before it is answered (RFC 6455, section 4.1)"},
    {"valid-frames", "the client's frames are as RFC 6455, section 5 wants them"},
    {"uses-proxy", "the client connects through the proxy that it is pointed at, and not past it"},
    {"fails-bad-connect",
     "nothing is sent through a proxy that has refused to CONNECT (RFC 9110, section 9.3.6)"},
    {"keeps-proxy-credentials",
     "Proxy-Authorization goes to the proxy, and not to the server (RFC 9110, section 11.7.2)"},
    {"fails-bad-tls",
     "no HTTP request comes through TLS that the client must refuse (RFC 8446, RFC 9110, section "
     "4.3.4)"},
    {"fails-bad-handshake",
     "the client never opens on an answer that RFC 6455, section 4.1 "
     "forbids it to open on"},
    {"fails-bad-frame",
     "after a frame or a Close that RFC 6455 forbids the client ends the connection within 5 s "
     "(section 7.1.7)"},
}};

}  // namespace

std::span<const InvariantName> invariant_names() { return table; }

}  // namespace halfopen::scenario
