// The events of a run. The trace is the only truth: the judge and every report see these (and the
// scenario) and nothing else. Each type is plain data; trace/codec.cpp writes and reads all of
// them as JSON lines, one key per member.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/time.h"

namespace halfopen::trace {

enum class Side { client, server };
/// Who did what ended a connection. `middlebox`: something on the way between the two.
enum class By { client, server, middlebox };
/// How the network answers the first SYN of an attempt.
enum class Port { open, closed, filtered, unreachable };
/// How the client could see that an attempt was over; `silence` is nothing at all.
/// `unresolved`: the look-up of the server's name failed.
enum class End { reset, fin, close, refusal, alert, unreachable, silence, unresolved };
/// What a link did with one packet that the trace mentions.
enum class Fate { passed, lost, dropped_by_rule, answered, blackholed, overflowed, too_large };
/// A packet without data that the trace mentions: TCP's (RFC 9293, section 3.1), or an ICMP error.
enum class Control { syn, syn_ack, rst, fin, icmp };
/// The opcode of a frame (RFC 6455, section 5.2) by its number; the rest of 0 to 15 are reserved.
enum class Opcode : std::uint8_t { continuation, text, binary, close = 8, ping = 9, pong = 10 };
/// Where a fault stands in the catalogue. `link`: what the link does to a flow by itself. `limit`:
/// a server that holds as many connections as it can.
enum class Layer { dns, port, proxy, tls, handshake, frame, close, drop, link, limit };
/// What a change makes of the link. Down and without a carrier: the client's own device.
enum class LinkState { unchanged, up, down, no_carrier, blackhole, blackhole_up, blackhole_down };
/// What a client reports, as far as the judge knows it; `other` has its own name beside it.
enum class Report { other, open, message, close, error, gave_up, refused };
enum class Stream { out, err };
/// Why a run ended.
enum class Ended {
  settled,      ///< Everything was decided, and the last connection has lived for `settle`.
  step_failed,  ///< A step has failed: nothing that comes can mend it.
  time,         ///< `within` was over.
  client_exited,
  unsupported,
  interrupted,
  broken,
  not_run,
};
/// What a step wanted of the client and did not get.
enum class Missed {
  message,     ///< One that fits a pattern.
  close,       ///< A Close frame.
  pong,        ///< One with the payload of the ping.
  answer,      ///< A Close frame in answer to the server's.
  connection,  ///< That the connection lasts until this step and those behind it are done.
};
/// How it came to miss it.
enum class Cause {
  time,        ///< Its time was up.
  other_code,  ///< The client's Close came, with another code.
  ended,       ///< The connection did.
};
/// How a message is held against a pattern: scenario::Match.
enum class Matching { any, text, regex, json, hex };
/// Events that may come in any number. Each kind has a budget of its own in a trace.
enum class Noise {
  reports,
  logs,
  names,
  frames,
  packets,
  data_lost,
  windows,
  attempts,
  headers,
  messages
};

// ── an attempt, in the order in which it meets its layers ────────────────────────────────────

/// The client's first SYN (packet link) or its connection (stream link): the attempt begins. Where
/// the attempt's table has a `dns` fault, it begins with the first query of its look-up.
struct AttemptBegins {
  std::string peer;  ///< The client's address and port, "192.0.2.10:41234".
  Port port = Port::open;
  bool look_up = false;  ///< It began with a query; `peer` sent it.
};
/// The client asked the resolver. Of no attempt where the name is not the server's, and where the
/// attempt that follows begins with its SYN.
struct NameAsked {
  std::string name;       ///< "" where the query could not be read.
  std::string type;       ///< "A", "AAAA"
  std::string transport;  ///< "udp" or "tcp"
  std::string answer;     ///< "198.51.100.20", "NXDOMAIN", "truncated", "nothing" …
  Duration delay{};       ///< How late the answer is.
};
/// A control packet as the packet link saw it.
struct Packet {
  Control kind = Control::icmp;
  Side from = Side::client;
  Fate fate = Fate::passed;
  int nth = 1;  ///< 1 for the first transmission, 2 for its first retransmission, …
};
/// A unit that carried data and did not arrive (packet link) or arrived late (stream link).
struct DataLost {
  Side from = Side::client;
  std::uint64_t position = 0;  ///< Offset of its first byte in the TCP stream of that direction.
  int nth = 1;
  Fate fate = Fate::lost;
};
/// What the receiver of that side offers (RFC 9293, section 3.8.6): its window has closed, or
/// opened again.
struct Window {
  Side of = Side::server;
  bool open = false;
  std::uint64_t sent = 0;  ///< Bytes that the other side had put on the wire by then.
};
/// Bytes that wait in kernels, when the server stops or begins to read from that connection and at
/// the end of the run.
struct Waiting {
  std::uint64_t unread = 0;  ///< Arrived at the server's, which has not read them.
  /// Taken by the client's, and not acknowledged by the server's; 0 on the stream link, where
  /// nobody asks.
  std::uint64_t unsent = 0;
};
/// The fake server accepted the connection.
struct Accepted {};
/// A proxy that the client was pointed at read a request to itself.
struct ProxyAsked {
  std::string method;  ///< "CONNECT"; others name the whole address (absolute-form).
  std::string target;  ///< "server.test:8080", "http://server.test:8080/"
  std::vector<std::pair<std::string, std::string>> headers;
};
/// What it said to a CONNECT.
struct ProxyAnswered {
  int status = 200;
};
/// TLS is up.
struct TlsOpened {
  std::string version;  ///< "TLSv1.3"
  std::string server_name;
  std::string alpn;
  bool session_offered = false;  ///< The client offered to resume a session …
  bool resumed = false;          ///< … and the server took it (RFC 8446, section 2.2).
};
/// TLS failed, or an alert came. `alert` is its registered name (RFC 8446, section 6) or "".
struct TlsFailed {
  std::string alert;
  Side from = Side::client;
  std::string why;
};
/// The client's HTTP request was read whole.
struct Request {
  std::string method;
  std::string target;
  std::vector<std::pair<std::string, std::string>> headers;
};
/// The server's whole answer was written.
struct Answer {
  int status = 101;        ///< 0 where the head was never whole.
  std::string fault;       ///< The handshake fault's name, or "" where the answer is correct.
  bool valid = true;       ///< Whether RFC 6455, section 4.1 lets a client open on it.
  Duration retry_after{};  ///< What its Retry-After asks for (RFC 9110, section 10.2.3), or 0.
};
/// A valid 101 was written: from the server's side the connection is open.
struct Opened {
  std::string extension;  ///< The one agreed on, with its parameters, or "".
};
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
};
struct FramesOmitted {
  Side from = Side::client;
  std::uint64_t frames = 0;
  std::uint64_t bytes = 0;
};
/// The client broke a rule that the server's side can see at once. `rule` names the invariant.
struct Violation {
  std::string rule;
  std::string text;
};
/// The scenario, or the link by itself, did something to the client. `name` is the fault's name in
/// the catalogue.
struct FaultStruck {
  Layer layer = Layer::limit;
  std::string name;
  std::string text{};
  bool silent = false;  ///< It leaves the client with nothing to see: only time can tell.
};
/// A fault that has a `chance` did not strike: the coin fell against it.
struct FaultSpared {
  std::string name;
};
/// The end of the attempt reached the client: delivered by the link, not merely sent.
struct EndVisible {
  End how = End::fin;
  /// The Close code, the HTTP status, the ICMP code or the RCODE of a look-up; else 0.
  int code = 0;
  /// Who began it: of a Close that answers the client's, and of a FIN that follows its own, the
  /// client. What ends a look-up counts as the server's.
  By by = By::server;
};
/// The client ended its side: its FIN or RST was seen.
struct ClientLeft {
  End how = End::fin;
};
/// Both sides are done with the connection, or the attempt came to nothing.
struct AttemptOver {};

// ── steps ────────────────────────────────────────────────────────────────────────────────────

struct StepBegins {
  int index = 0;     ///< From 0, within the attempt's steps.
  std::string text;  ///< "expect \"hello\" within 2s"
};
struct StepPassed {
  int index = 0;
};
/// A step's own expectation was not met.
struct StepFailed {
  int index = 0;
  Missed missed = Missed::message;
  Cause cause = Cause::time;
  Matching matching = Matching::any;  ///< Of a message …
  std::string pattern{};            ///< … the text, expression, JSON or digits that it must fit.
  int code = 0;                     ///< Of the Close that was wanted; 0: any.
  Duration within{};                ///< The time that the client had.
  std::vector<std::string> came{};  ///< Messages that came instead: the first, readable.
  std::vector<std::string> before{};  ///< Those that an earlier step had passed over: the last.
  int close_code = 0;                 ///< Of the client's Close that came; 0: none did.
  int done = 0;                       ///< So often it had been done …
  int repeat = 1;                     ///< … of so often.
  End how = End::fin;                 ///< How the connection ended …
  By by = By::client;                 ///< … and who ended it.
};
/// A message of the client's that [expect] speaks of: that of `messages` with this index, from 0.
struct MessageMatched {
  int index = 0;
};

// ── the world ────────────────────────────────────────────────────────────────────────────────

/// The link was changed by the scenario. At the start of a run it is up.
struct LinkChanged {
  LinkState state = LinkState::unchanged;
  bool kills_flows = false;  ///< The packets of every flow that there is vanish from now on.
  bool settings = false;     ///< Delays, losses, rates … are others.
  std::string text;          ///< For people: "down", "loss 30%".
};
/// The client was told to do something, or the harness wanted to and could not.
struct Told {
  std::string text;
};
/// Once per direction and run, at its end.
struct LinkSummary {
  Side from = Side::client;
  std::uint64_t units = 0;
  std::uint64_t bytes = 0;
  std::uint64_t lost = 0;
  std::string decisions;  ///< Hash of all decisions, keyed by packet, in hexadecimal.
  Duration late_p50{};
  Duration late_p99{};
  Duration late_max{};
};
/// halfopen itself was late: its loop did not run for that long.
struct Lag {
  Duration late{};
};
/// The harness lost something that it should not have (a full device queue): cannot be judged.
struct Unreliable {
  std::string why;
};

/// Once a kind and run, at its end: so many events of it were too many to keep. (Of `headers`: so
/// many requests are there without what they said; of `attempts`: so many were not looked at.)
struct EventsOmitted {
  Noise kind = Noise::reports;
  std::uint64_t count = 0;
};

// ── the client ───────────────────────────────────────────────────────────────────────────────

struct ClientStarted {
  std::vector<std::string> command;
};
/// A JSON line that the client printed. `json` is that line, shortened; the members beside it are
/// what the judge reads from it.
struct ClientEvent {
  Report reported = Report::other;
  std::string name;  ///< Of `other`: "network", "offline" …
  std::string text;  ///< Of messages and errors.
  int code = 0;      ///< Of `close`.
  bool clean = false;
  std::string json;
};
/// The client fetched its page: a browser is up and running.
struct PageServed {};
struct ClientLog {
  Stream stream = Stream::out;
  std::string text;
};
/// The most memory that the processes of the client have had (VmHWM in proc(5)), together: once
/// when its first connection has opened and once at the end, where the scenario speaks of it.
struct ClientMemory {
  std::uint64_t bytes = 0;
};
struct ClientExited {
  int code = -1;   ///< The exit code, or -1 where a signal ended it.
  int signal = 0;  ///< The signal, or 0.
  bool by_us = false;
};

// ── the run ──────────────────────────────────────────────────────────────────────────────────

/// What the scenario needs is not to be had here, or the client cannot do it.
struct Unsupported {
  std::string what;
  std::string remedy;
};
/// The run could not be carried out: the client would not start, the world could not be made.
struct Broken {
  std::string why;
};
/// The last event.
struct Over {
  Ended why = Ended::not_run;
};

using Body =
    std::variant<AttemptBegins, Packet, DataLost, Accepted, TlsOpened, TlsFailed, Request, Answer,
                 Opened, Frame, FramesOmitted, Violation, FaultStruck, EndVisible, ClientLeft,
                 AttemptOver, StepBegins, StepPassed, StepFailed, LinkChanged, Told, LinkSummary,
                 Lag, Unreliable, ClientStarted, PageServed, ClientEvent, ClientLog, ClientExited,
                 Unsupported, Broken, Over, NameAsked, ProxyAsked, ProxyAnswered, FaultSpared,
                 Window, Waiting, ClientMemory, MessageMatched, EventsOmitted>;

struct Event {
  Duration at{};    ///< Since the start of the run.
  int attempt = 0;  ///< From 1; 0 where the event belongs to no attempt.
  int line = 0;     ///< Line of the scenario that made it happen; 0 for none.
  Body body;
  int client = 0;  ///< The subject that it is about, from 1; 0 where it is about none.
};

/// Describes the run, so that a trace can be read and judged on its own.
struct Header {
  int format = 3;                       ///< Another whenever older traces cannot be read any more.
  std::string version;                  ///< halfopen's.
  std::vector<std::string> command;     ///< halfopen's own command line.
  std::string scenario;                 ///< Its name.
  std::string scenario_file;            ///< Its path as given.
  std::string scenario_text;            ///< The whole file.
  std::string scenario_hash;            ///< SHA-256 of the text, hexadecimal.
  std::string client;                   ///< Its name.
  std::string client_given;             ///< As --client had it, so that the run can be repeated.
  std::vector<std::string> client_can;  ///< "reports", "obeys", "page", …
  std::uint64_t seed = 0;
  std::string link;      ///< "packet" or "stream"
  std::string link_why;  ///< Why `auto` took it, or "asked for".
  std::string machine;   ///< What it can do: "root, tun", "user namespaces, veth", …
  std::string started;   ///< Wall-clock time, ISO 8601, UTC.
};

struct Trace {
  Header header;
  std::vector<Event> events;  ///< In the order in which they happened.
};

}  // namespace halfopen::trace
