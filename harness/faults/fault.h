// A fault: one thing that a scenario can do to a client, described once. The description drives
// the loader's validation, `halfopen faults` and the docs. One file per fault in this folder; the
// build makes the registry from the folder's files (registry.cmake).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"
#include "faults/resolution.h"
#include "ws/answer.h"

namespace halfopen::faults {

struct ProxyPlan;
struct TlsPlan;

/// Where in an attempt a fault strikes, in the order in which a client meets it.
enum class Layer { dns, port, proxy, tls, handshake, frame, close, drop };
/// All of them, in that order.
inline constexpr std::array layers{Layer::dns,       Layer::port,  Layer::proxy, Layer::tls,
                                   Layer::handshake, Layer::frame, Layer::close, Layer::drop};
/// The scenario key that names its faults, and its folder below this one: "handshake".
[[nodiscard]] std::string_view key_of(Layer layer);
/// What its faults have in common: one sentence.
[[nodiscard]] std::string_view about(Layer layer);
/// Whether its faults are steps of an open connection, rather than keys of an attempt.
[[nodiscard]] bool is_step(Layer layer);

enum class Type { text, count, duration, size };

/// One parameter of a fault.
struct Parameter {
  std::string_view name;
  Type type = Type::text;
  std::string_view fallback;  ///< Its default, in the scenario's own notation.
  std::string_view about;     ///< One line, with the unit.
  std::int64_t lowest = 0;    ///< Counts and sizes: the least allowed.
  std::int64_t highest = std::int64_t{1} << 40;
  /// Texts: the words allowed; empty for any text.
  std::vector<std::string_view> choices{};
};

using Value = std::variant<std::string, std::int64_t, Duration>;
/// The values of all parameters of a fault: the given ones and the defaults.
using Arguments = std::map<std::string, Value, std::less<>>;

/// The request that a handshake fault answers, as far as one needs to know it.
struct Asked {
  std::string key{};                      ///< Sec-WebSocket-Key.
  std::string earlier_key{};              ///< That of the attempt before, or "".
  std::string host{};                     ///< The Host header.
  bool tls = false;                       ///< It came through TLS.
  std::vector<std::string> protocols{};   ///< The subprotocols offered, in order.
  std::vector<std::string> extensions{};  ///< The extensions offered, with their parameters.
  std::int64_t time = 0;                  ///< The server's clock: seconds since 1970, UTC.
};

/// What a fault of a frame, of the closing or of the connection does, in order. The core carries
/// it out.
struct Act {
  enum class Kind {
    send,    ///< Put `bytes` on the wire as they are (within TLS where there is TLS).
    drip,    ///< The same, but each byte in a TCP segment (and TLS record) of its own.
    bare,    ///< Put `bytes` on the wire beneath TLS.
    alert,   ///< The same with a fatal TLS alert, by which the client sees its end.
    close,   ///< Put `bytes`, a Close frame, on the wire: nothing more is sent, and when the
             ///< client's Close has come, TCP is ended.
    linger,  ///< The same, but TCP is never ended.
    hold,    ///< From now on a Close frame of the client is not answered, and TCP is not ended.
    mute,    ///< From now on the client's pings are not answered; all else goes on.
    finish,  ///< Orderly end: close_notify where there is TLS, then FIN.
    cut,     ///< FIN without close_notify.
    reset,   ///< RST.
    vanish,  ///< From now on packets of this connection vanish both ways.
    ignore,  ///< TCP lives, nothing is read or written any more.
  };
  Kind kind = Kind::finish;
  Bytes bytes{};
};

/// How a connection is received, before any byte of it is looked at (Layer::port).
struct Reception {
  /// How the network answers a SYN.
  enum class Answer { accept, reset, silence, unreachable };
  Answer answer = Answer::accept;
  std::string unreachable{};  ///< Answer::unreachable: "net", "host", "port" or "prohibited".
  int unanswered = 0;         ///< Answer::accept: so many SYNs are not answered before that.
  bool served = false;        ///< Answer::accept: what follows is as without a fault.
  // Where it is accepted and not served, everything that the client sends is read and forgotten.
  Bytes greeting{};              ///< Put on the wire at once, outside of any TLS.
  std::int64_t after_bytes = 0;  ///< The end comes when so many bytes have been read …
  Duration after{};              ///< … and so much time has passed since.
  Bytes farewell{};              ///< Put on the wire just before the end, outside of any TLS.
  std::optional<Act> end{};      ///< None: the connection lives on.
};

/// How long a client may take to fail a connection for a frame, a Close or a 101 that is not
/// allowed.
inline constexpr Duration time_to_fail = std::chrono::seconds(5);

struct Fault {
  std::string_view name;
  Layer layer = Layer::handshake;
  std::string_view about;  ///< What it does, one plain sentence.
  /// When it happens in real life, or why it is legal.
  std::string_view background;
  std::string_view correct;  ///< What a correct client does.
  std::string_view source;   ///< RFC and section.
  std::vector<Parameter> parameters{};
  /// Layer::dns: changes how the look-up of the server's name is answered.
  void (*mislead)(Resolution& resolution, const Arguments& arguments) = nullptr;
  /// Layer::proxy: spoils the plan of a proxy that lets everything through (faults/proxy_plan.h).
  void (*stand_between)(ProxyPlan& plan, const Arguments& arguments) = nullptr;
  /// Layer::tls: spoils the plan of a server that does everything right (faults/tls_plan.h), and
  /// says whether a client may go on.
  void (*plan)(TlsPlan& plan, const Arguments& arguments) = nullptr;
  /// Layer::handshake: changes the correct answer into the faulty one, and clears Answer::valid
  /// where RFC 6455 demands that a client fails the connection. `arguments` are complete.
  void (*spoil)(ws::Answer& answer, const Arguments& arguments, const Asked& asked) = nullptr;
  /// Layer::port: how the connection is received.
  Reception (*receive)(const Arguments& arguments) = nullptr;
  /// Layer::frame, close and drop: what to do, in order. Layer::handshake: what to do once the
  /// answer is written, if anything.
  std::vector<Act> (*acts)(const Arguments& arguments) = nullptr;
  /// Layer::frame and close: the client must fail the connection (RFC 6455, section 7.1.7), and
  /// should say so by a Close frame with one of these codes. Empty: it must go on as if nothing
  /// was.
  std::vector<int> fails_with{};
  /// Layer::handshake: whether a client may as well fail the connection, where the answer is valid
  /// all the same.
  bool leaves_it_open = false;
  /// Layer::drop: whether it needs `[server] tls = true`.
  bool needs_tls = false;
  /// Layer::port: whether it means something only to clients that speak no TLS to the port.
  bool needs_plain = false;
  /// Layer::frame: whether it needs a client that offers permessage-deflate (RFC 7692).
  bool needs_deflate = false;
};

/// All faults, in the order of their names.
[[nodiscard]] std::span<const Fault* const> all();
/// Null if there is none of that name in that layer.
[[nodiscard]] const Fault* find(Layer layer, std::string_view name);
[[nodiscard]] std::vector<std::string> names(Layer layer);

/// Whether a client may rightly end an open connection for it: it must (or RFC 6455 leaves that
/// open), or the fault ends the connection itself, or takes from it what a client may live by.
[[nodiscard]] bool may_be_left_for(const Fault& fault);

/// A fault as a scenario uses it.
struct Use {
  const Fault* fault = nullptr;  ///< Never null in a loaded scenario; static storage.
  Arguments arguments;
  double chance = 1;  ///< Of the layers before the handshake: whether it strikes at all.
};

/// Fills in the defaults of all parameters that `use` leaves out.
void complete(Use& use);

}  // namespace halfopen::faults
