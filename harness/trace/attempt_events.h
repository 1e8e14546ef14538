// An attempt, in the order in which it meets its layers.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "trace/describe.h"
#include "trace/words.h"

namespace halfopen::trace {

/// The client's first SYN (packet link) or its connection (stream link): the attempt begins. Where
/// the attempt's table has a `dns` fault, it begins with the first query of its look-up.
struct AttemptBegins {
  std::string peer;  ///< The client's address and port, "192.0.2.10:41234".
  Port port = Port::open;
  bool look_up = false;  ///< It began with a query; `peer` sent it.
};
HALFOPEN_EVENT(AttemptBegins, "attempt-begins", HALFOPEN_M(peer), HALFOPEN_M(port),
               HALFOPEN_M(look_up))

/// The client asked the resolver. Of no attempt where the name is not the server's, and where the
/// attempt that follows begins with its SYN.
struct NameAsked {
  std::string name;       ///< "" where the query could not be read.
  std::string type;       ///< "A", "AAAA"
  std::string transport;  ///< "udp" or "tcp"
  std::string answer;     ///< "198.51.100.20", "NXDOMAIN", "truncated", "nothing" …
  Duration delay{};       ///< How late the answer is.
};
HALFOPEN_EVENT(NameAsked, "name-asked", HALFOPEN_M(name), HALFOPEN_M(type), HALFOPEN_M(transport),
               HALFOPEN_M(answer), HALFOPEN_M(delay))

/// A control packet as the packet link saw it.
struct Packet {
  Control kind = Control::icmp;
  Side from = Side::client;
  Fate fate = Fate::passed;
  int nth = 1;  ///< 1 for the first transmission, 2 for its first retransmission, …
};
HALFOPEN_EVENT(Packet, "packet", HALFOPEN_M(kind), HALFOPEN_M(from), HALFOPEN_M(fate),
               HALFOPEN_M(nth))

/// A unit that carried data and did not arrive (packet link) or arrived late (stream link).
struct DataLost {
  Side from = Side::client;
  std::uint64_t position = 0;  ///< Offset of its first byte in the TCP stream of that direction.
  int nth = 1;
  Fate fate = Fate::lost;
};
HALFOPEN_EVENT(DataLost, "data-lost", HALFOPEN_M(from), HALFOPEN_M(position), HALFOPEN_M(nth),
               HALFOPEN_M(fate))

/// What the receiver of that side offers (RFC 9293, section 3.8.6): its window has closed, or
/// opened again.
struct Window {
  Side of = Side::server;
  bool open = false;
  std::uint64_t sent = 0;  ///< Bytes that the other side had put on the wire by then.
};
HALFOPEN_EVENT(Window, "window", HALFOPEN_M(of), HALFOPEN_M(open), HALFOPEN_M(sent))

/// Bytes that wait in kernels, when the server stops or begins to read from that connection and at
/// the end of the run.
struct Waiting {
  std::uint64_t unread = 0;  ///< Arrived at the server's, which has not read them.
  /// Taken by the client's, and not acknowledged by the server's; 0 on the stream link, where
  /// nobody asks.
  std::uint64_t unsent = 0;
};
HALFOPEN_EVENT(Waiting, "waiting", HALFOPEN_M(unread), HALFOPEN_M(unsent))

/// The fake server accepted the connection.
struct Accepted {};
HALFOPEN_EVENT(Accepted, "accepted")

/// A proxy that the client was pointed at read a request to itself.
struct ProxyAsked {
  std::string method;  ///< "CONNECT"; others name the whole address (absolute-form).
  std::string target;  ///< "server.test:8080", "http://server.test:8080/"
  std::vector<std::pair<std::string, std::string>> headers;
};
HALFOPEN_EVENT(ProxyAsked, "proxy-asked", HALFOPEN_M(method), HALFOPEN_M(target),
               HALFOPEN_M(headers))

/// What it said to a CONNECT.
struct ProxyAnswered {
  int status = 200;
};
HALFOPEN_EVENT(ProxyAnswered, "proxy-answered", HALFOPEN_M(status))

/// TLS is up.
struct TlsOpened {
  std::string version;  ///< "TLSv1.3"
  std::string server_name;
  std::string alpn;
  bool session_offered = false;  ///< The client offered to resume a session …
  bool resumed = false;          ///< … and the server took it (RFC 8446, section 2.2).
};
HALFOPEN_EVENT(TlsOpened, "tls-opened", HALFOPEN_M(version), HALFOPEN_M(server_name),
               HALFOPEN_M(alpn), HALFOPEN_M(session_offered), HALFOPEN_M(resumed))

/// TLS failed, or an alert came. `alert` is its registered name (RFC 8446, section 6) or "".
struct TlsFailed {
  std::string alert;
  Side from = Side::client;
  std::string why;
};
HALFOPEN_EVENT(TlsFailed, "tls-failed", HALFOPEN_M(alert), HALFOPEN_M(from), HALFOPEN_M(why))

/// The client's HTTP request was read whole.
struct Request {
  std::string method;
  std::string target;
  std::vector<std::pair<std::string, std::string>> headers;
};
HALFOPEN_EVENT(Request, "request", HALFOPEN_M(method), HALFOPEN_M(target), HALFOPEN_M(headers))

/// The server's whole answer was written.
struct Answer {
  int status = 101;        ///< 0 where the head was never whole.
  std::string fault;       ///< The handshake fault's name, or "" where the answer is correct.
  bool valid = true;       ///< Whether RFC 6455, section 4.1 lets a client open on it.
  Duration retry_after{};  ///< What its Retry-After asks for (RFC 9110, section 10.2.3), or 0.
};
HALFOPEN_EVENT(Answer, "answer", HALFOPEN_M(status), HALFOPEN_M(fault), HALFOPEN_M(valid),
               HALFOPEN_M(retry_after))

/// A valid 101 was written: from the server's side the connection is open.
struct Opened {
  std::string extension;  ///< The one agreed on, with its parameters, or "".
};
HALFOPEN_EVENT(Opened, "opened", HALFOPEN_M(extension))

/// One WebSocket frame. After the first few hundred of an attempt only FramesOmitted is kept.
struct Frame {
  Side from = Side::client;
  Opcode opcode = Opcode::continuation;
  std::uint64_t length = 0;
  bool fin = true;
  bool masked = true;
  int code = 0;             ///< Close frames: the status code, 1005 for none; else 0.
  std::string text;         ///< The payload as readable text, shortened; the reason of a Close.
  bool compressed = false;  ///< RSV1 is set (RFC 7692); `text` is what it says uncompressed.
  int reserved = 0;         ///< The bits that nothing gives a meaning to: RSV2 (2) and RSV3 (1).
  /// The first bytes of the payload as they were sent, but not masked, in hexadecimal; "" where
  /// `text` is all of them. See frame_bytes.h.
  std::string bytes{};
};
HALFOPEN_EVENT(Frame, "frame", HALFOPEN_M(from), HALFOPEN_M(opcode), HALFOPEN_M(length),
               HALFOPEN_M(fin), HALFOPEN_M(masked), HALFOPEN_M(code), HALFOPEN_M(text),
               HALFOPEN_M(compressed), HALFOPEN_M(reserved), HALFOPEN_M(bytes))

struct FramesOmitted {
  Side from = Side::client;
  std::uint64_t frames = 0;
  std::uint64_t bytes = 0;
};
HALFOPEN_EVENT(FramesOmitted, "frames-omitted", HALFOPEN_M(from), HALFOPEN_M(frames),
               HALFOPEN_M(bytes))

/// The client broke a rule that the server's side can see at once. `rule` names the invariant.
struct Violation {
  std::string rule;
  std::string text;
};
HALFOPEN_EVENT(Violation, "violation", HALFOPEN_M(rule), HALFOPEN_M(text))

/// The scenario, or the link by itself, did something to the client. `name` is the fault's name in
/// the catalogue.
struct FaultStruck {
  Layer layer = Layer::limit;
  std::string name;
  std::string text{};
  bool silent = false;  ///< It leaves the client with nothing to see: only time can tell.
};
HALFOPEN_EVENT(FaultStruck, "fault-struck", HALFOPEN_M(layer), HALFOPEN_M(name), HALFOPEN_M(text),
               HALFOPEN_M(silent))

/// A fault that has a `chance` did not strike: the coin fell against it.
struct FaultSpared {
  std::string name;
};
HALFOPEN_EVENT(FaultSpared, "fault-spared", HALFOPEN_M(name))

/// The end of the attempt reached the client: delivered by the link, not merely sent.
struct EndVisible {
  End how = End::fin;
  /// The Close code, the HTTP status, the ICMP code or the RCODE of a look-up; else 0.
  int code = 0;
  /// Who began it: of a Close that answers the client's, and of a FIN that follows its own, the
  /// client. What ends a look-up counts as the server's.
  By by = By::server;
};
HALFOPEN_EVENT(EndVisible, "end-visible", HALFOPEN_M(how), HALFOPEN_M(code), HALFOPEN_M(by))

/// The client ended its side: its FIN or RST was seen.
struct ClientLeft {
  End how = End::fin;
};
HALFOPEN_EVENT(ClientLeft, "client-left", HALFOPEN_M(how))

/// Both sides are done with the connection, or the attempt came to nothing.
struct AttemptOver {};
HALFOPEN_EVENT(AttemptOver, "attempt-over")

using AttemptEvents =
    Events<AttemptBegins, NameAsked, Packet, DataLost, Window, Waiting, Accepted, ProxyAsked,
           ProxyAnswered, TlsOpened, TlsFailed, Request, Answer, Opened, Frame, FramesOmitted,
           Violation, FaultStruck, FaultSpared, EndVisible, ClientLeft, AttemptOver>;

}  // namespace halfopen::trace
