// A scenario as plain data: what the world does and what is expected of the client. Made by the
// loader only; a loaded scenario is valid.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "base/range.h"
#include "base/time.h"
#include "faults/fault.h"
#include "link/settings.h"

namespace halfopen::scenario {

/// A value with the place in the file that it came from.
template <class T>
struct Placed {
  T value{};
  Place place;
};

// ── messages ─────────────────────────────────────────────────────────────────────────────────

/// What a message, text or binary, must be: see match.h.
struct TextMatch {
  std::string text;  ///< The very text.
};
struct RegexMatch {
  std::string pattern;  ///< A regular expression (base/pattern.h) that must match somewhere.
};
struct JsonMatch {
  std::string json;  ///< An object or an array, of which the message may have more fields.
};
struct HexMatch {
  Bytes bytes;  ///< The very bytes.
};
struct AnyMessage {};
using Match = std::variant<AnyMessage, TextMatch, RegexMatch, JsonMatch, HexMatch>;

/// Something the client is told on its standard input: {"do": action, …}.
struct Tell {
  std::string action;  ///< "send", "close", "connect", "reconnect", "subscribe", …
  std::optional<int> code;
  std::map<std::string, std::string> fields;  ///< "text", "reason", "topic" …
  /// Of "send": so many messages, which are numbered behind their text if there is more than one.
  int times = 1;
  std::uint64_t size = 0;  ///< Of "send": each message is filled up to so many bytes.
  std::map<std::string, std::string> own{};  ///< Fields of its own: JSON text of each value.
};

// ── steps ────────────────────────────────────────────────────────────────────────────────────

struct SendStep {
  std::string text;  ///< Or any bytes.
  bool binary = false;
};
struct ExpectStep {
  Match match;
  Duration within = std::chrono::seconds(5);
};
/// Waits for the client's Close frame.
struct ExpectCloseStep {
  std::optional<int> code;
  Duration within = std::chrono::seconds(5);
};
struct PingStep {
  std::string payload;
  /// If set, the pong must come within this time.
  std::optional<Duration> pong_within;
};
struct WaitStep {
  Duration time{};
};
/// From now on every message is sent back; ends the steps that wait for nothing else.
struct EchoStep {};
struct CloseStep {
  std::optional<int> code;  ///< None: an empty Close frame.
  std::string reason;
  /// Wait for the client's Close and end TCP (RFC 6455, section 7.1.1); false: the Close frame
  /// is sent and the next step begins.
  bool finish = true;
};
/// A fault of the layers frame, close and drop.
struct FaultStep {
  faults::Use fault;
};
struct RawStep {
  Bytes bytes;
};
/// From now on the server reads so fast: `{ read = "10kB/s" }`.
struct ReadStep {
  std::optional<double> rate;  ///< Bits a second; 0: nothing at all; none: all that comes.
};
/// From now on the server writes each byte in a TCP segment of its own, or not any more.
struct WriteStep {
  bool bytewise = false;
};
/// One frame with anything wrong about it: `{ frame = { opcode = 3, … } }`.
struct FrameStep {
  int opcode = 1;
  bool fin = true;
  int rsv = 0;
  bool masked = false;
  int length_bits = 0;  ///< 0: minimal
  std::optional<std::uint64_t> declared_length;
  Bytes payload;
};
struct LinkStep {
  link::Change change;
};
struct TellStep {
  Tell tell;
};

using StepBody =
    std::variant<SendStep, ExpectStep, ExpectCloseStep, PingStep, WaitStep, EchoStep, CloseStep,
                 FaultStep, RawStep, FrameStep, LinkStep, TellStep, ReadStep, WriteStep>;

/// When a step of frame, close or drop strikes, once its turn has come. Everything is counted from
/// the opening of the connection.
struct AtOnce {};
struct AfterMessages {
  int count = 1;  ///< Whole data messages of the client's.
};
struct AfterBytes {
  std::uint64_t count = 0;  ///< Bytes of the client's frames.
};
struct AfterTime {
  Duration time{};
};
/// While the client's nth message is arriving: its first frame has begun, and it is not yet whole.
struct InMessage {
  int nth = 1;
};
/// Half-way through the nth message that is echoed, which is cut in two fragments there.
struct InEcho {
  int nth = 1;
};
using Moment = std::variant<AtOnce, AfterMessages, AfterBytes, AfterTime, InMessage, InEcho>;

struct Step {
  StepBody body;
  Place place;
  Moment moment{};    ///< Steps of frame, close and drop only, as `chance`.
  double chance = 1;  ///< Whether it does anything when that moment has come.
  /// It is passed over where the connection is over before it is done.
  bool optional = false;
  int repeat = 1;  ///< So many times, each when the one before is done.
  /// Of send, raw and plain frames: what is sent goes out so many times, so far from each other.
  int times = 1;
  Duration every{};
};

// ── attempts ─────────────────────────────────────────────────────────────────────────────────

/// A token without which nobody gets in: `handshake = { auth = … }`.
struct Auth {
  enum class Where { header, query, subprotocol, message };
  std::string token;
  Where where = Where::header;
  /// Of the header, the query parameter or the JSON field. In "Authorization" the token stands
  /// behind "Bearer".
  std::string name;
  int status = 401;  ///< Without the token.
  // Where::message: the connection opens, and is closed without it.
  int code = 1008;
  Duration within = std::chrono::seconds(5);  ///< From the opening to the first message.
};

/// How the opening handshake is answered. All left out: correctly.
struct Handshake {
  std::optional<faults::Use> fault;
  std::optional<int> status;          ///< Another status than 101.
  std::optional<std::string> reason;  ///< Reason phrase; else the standard one.
  std::vector<std::pair<std::string, std::string>> headers;  ///< Set after all else; "" removes.
  std::string body;
  std::optional<std::string> raw;  ///< Sent instead of an HTTP answer.
  Duration delay{};
  Duration drip{};
  bool never = false;  ///< The request is read and never answered.
  /// Subprotocol to choose, if the client offers it; "": none. Left out: the first that it offers.
  std::optional<std::string> protocol;
  std::optional<Auth> auth;
  std::vector<std::string> origins;  ///< If any: requests with another Origin get 403.
  double chance = 1;                 ///< Whether all of this holds; else it is answered correctly.
  Place place;
};

/// A fault of the layer `proxy`, and where it is named.
using ProxyFault = std::optional<Placed<faults::Use>>;

/// A fault of the layer `tls`, and where it is named.
using Tls = std::optional<Placed<faults::Use>>;

/// One [[attempt]] table. `times` consecutive attempts behave like it; none: all that are left.
struct Attempt {
  std::optional<int> times = 1;
  std::optional<faults::Use> dns;   ///< None: the name resolves as it should.
  std::optional<faults::Use> port;  ///< A fault of the port; none: open.
  ProxyFault proxy;
  Tls tls;
  Handshake handshake;
  std::vector<Step> steps;
  /// Whether the steps were written down; without them an open attempt echoes.
  bool has_steps = false;
  Place place;
};

/// The world changes by the clock: `[[at]]`.
struct At {
  Duration time{};
  std::optional<link::Change> link;
  std::optional<Tell> tell;
  /// Stops (SIGSTOP) the client, or lets it go on (SIGCONT).
  std::optional<bool> freeze;
  Place place;
};

/// The world reacts to what the client reports: `[[when]]`.
struct When {
  std::string event;
  int nth = 1;
  std::optional<link::Change> link;
  std::optional<Tell> tell;
  Place place;
};

// ── expectations ─────────────────────────────────────────────────────────────────────────────

struct ClosesWith {
  std::vector<int> codes;      ///< One of these.
  std::optional<int> attempt;  ///< None: every Close that the client sends, and at least one.
};
/// What a field of the client's opening request must be: absent or there (a flag), the very text,
/// a regular expression (must match somewhere), or a list of just these elements in this order.
using FieldMatch = std::variant<bool, TextMatch, RegexMatch, std::vector<std::string>>;
/// `request = { … }`: what an opening request must have.
struct RequestExpectation {
  struct Field {
    std::string name;  ///< Its key: "path", "origin", "protocols".
    FieldMatch wanted;
    Place place;

    /// It is judged on what the client asks of its proxy, and not on the opening request.
    [[nodiscard]] bool is_for_proxy() const { return name == "proxy_authorization"; }
  };
  std::optional<int> attempt;  ///< None: every attempt that sends one, and at least one.
  /// Only requests to that host, without a port; there may be none. "": to any.
  std::string to;
  std::vector<Field> fields;
  Place place;
};
/// One event that the client must (or with count 0..0 must not) report.
struct ClientEvent {
  std::string event;
  std::optional<int> code;
  std::optional<bool> clean;
  std::optional<std::string> text;  ///< Regular expression.
  std::optional<int> attempt;       ///< None: in any, or between them.
  std::optional<Duration> by;       ///< Counts only until so long after the run's start.
  CountRange count{1, no_limit};
  Place place;
};
/// What the client must (or with count 0..0 must not) send, as the server sees it.
struct MessageExpectation {
  Match match;
  std::optional<int> attempt;  ///< None: all attempts together.
  CountRange count{1, no_limit};
  Place place;
};
/// The curve of the gaps between attempts: gap n of `base` · factorⁿ⁻¹, at most `cap`.
struct Curve {
  /// What a client draws around it. `full`: from zero to it; `equal`: from half of it to it;
  /// `decorrelated`: from `base` to `factor` times the gap before; `share`: up to `share` less or
  /// more.
  enum class Jitter { none, full, equal, decorrelated, share };
  Duration base{};
  double factor = 2;
  Duration cap = forever;
  Jitter jitter = Jitter::none;
  double share = 0;  ///< 0 … 1
};

struct Expect {
  std::optional<Placed<CountRange>> attempts;
  std::vector<Placed<DurationRange>> gaps;         ///< gaps[0]: between attempts 1 and 2.
  std::optional<Placed<DurationRange>> every_gap;  ///< `gaps = "1s..3s"`
  std::optional<Placed<bool>> growing;
  std::optional<Placed<Curve>> curve;
  Placed<Duration> within{std::chrono::seconds(30), {}};
  Duration settle = std::chrono::seconds(3);
  std::optional<Placed<bool>> gives_up;
  std::optional<Placed<CountRange>> opens;
  std::optional<Placed<ClosesWith>> closes_with;
  std::optional<Placed<DurationRange>> detects;
  std::optional<Placed<DurationRange>> recovers;  ///< From a fault to the next open connection.
  std::vector<MessageExpectation> messages;
  std::vector<RequestExpectation> requests;
  /// The alert that the client itself sends about a fault of TLS: one of these names.
  std::optional<Placed<std::vector<std::string>>> tls_alert;
  std::optional<Placed<std::string>> sni;  ///< The host that it names in its ClientHello.
  std::vector<ClientEvent> client_events;
  std::optional<Placed<int>> exit_code;
  std::optional<Placed<std::string>> output;  ///< Regular expression over any log line.
  /// By how many bytes the client's memory may grow from its first open connection on.
  std::optional<Placed<SizeRange>> memory;
  std::vector<Placed<std::string>> waive;  ///< Invariants that do not hold here, by name.
};

// ── the whole ────────────────────────────────────────────────────────────────────────────────

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

struct Scenario {
  std::string name;  ///< Path below scenarios/ without .toml, or the path as given.
  std::string file;
  std::string text;  ///< The whole file.
  std::string about;
  std::vector<std::string> tags;
  std::vector<std::string> mutants;  ///< Variants of the reference client that must fail it.
  Server server;
  Page page;
  link::Link link;
  std::map<std::string, int> kernel;  ///< Settings of the client's network namespace, by name.
  std::vector<Attempt> attempts;
  std::vector<At> at;
  std::vector<When> when;
  Expect expect;
};

/// The table that attempt `number` (from 1) follows; null: the default (accepted and echoed).
[[nodiscard]] const Attempt* attempt_for(const Scenario& scenario, int number);

/// How the look-ups of that attempt are answered; null: by the default.
[[nodiscard]] faults::Resolution resolution_of(const Attempt* attempt);
/// Whether names are looked up with queries: some attempt has a `dns` fault.
[[nodiscard]] bool has_dns(const Scenario& scenario);

/// Other names that lead to the fake server: the hosts to which it redirects.
[[nodiscard]] std::vector<std::string> other_hosts(const Scenario& scenario);

/// Capabilities that the client must have: "reports" (expectations about its events are skipped
/// without it, so it is not listed for them), "obeys" actions ("close", "send" …), "page", "proxy",
/// "protocols", "reconnects".
[[nodiscard]] std::vector<std::string> needs_of_client(const Scenario& scenario);
/// Whether attempts that follow this table (null: the default) mean nothing to a client which does
/// not offer permessage-deflate.
[[nodiscard]] bool needs_deflate(const Scenario& scenario, const Attempt* attempt);
/// What only the packet link can do and the scenario asks for, in words; empty if any link does.
[[nodiscard]] std::vector<std::string> needs_of_packet_link(const Scenario& scenario);

/// "expect \"hello\" within 2s": one step in words.
[[nodiscard]] std::string describe(const Step& step);
/// The story of the scenario in plain words, several lines.
[[nodiscard]] std::string explain(const Scenario& scenario);

}  // namespace halfopen::scenario
