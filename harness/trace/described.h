// What each event is called in a trace and which members it has: the one list that writing,
// reading and tidying follow. A new event type is one entry here.
#pragma once

#include <array>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "trace/event.h"

namespace halfopen::trace {

template <class T, class M>
struct Member {
  std::string_view name;
  M T::*pointer;
};

template <class T, class M>
constexpr Member<T, M> member(std::string_view name, M T::*pointer) {
  return {name, pointer};
}

/// For every event type: `name`, and `members` as a tuple of Member in the order of writing.
template <class T>
struct Described;

/// Calls `visit(member)` for every member of T.
template <class T, class Visit>
void for_each_member(Visit&& visit) {
  std::apply([&](const auto&... each) { (visit(each), ...); }, Described<T>::members);
}

inline constexpr std::array side_names{"client", "server"};
inline constexpr std::array by_names{"client", "server", "middlebox"};
inline constexpr std::array port_names{"open", "closed", "filtered", "unreachable"};
inline constexpr std::array end_names{"reset", "fin",         "close",   "refusal",
                                      "alert", "unreachable", "silence", "unresolved"};
inline constexpr std::array fate_names{"passed",     "lost",       "dropped-by-rule", "answered",
                                       "blackholed", "overflowed", "too-large"};
inline constexpr std::array control_names{"syn", "syn-ack", "rst", "fin", "icmp"};
inline constexpr std::array opcode_names{"continuation", "text", "binary", "0x3",  "0x4",  "0x5",
                                         "0x6",          "0x7",  "close",  "ping", "pong", "0xb",
                                         "0xc",          "0xd",  "0xe",    "0xf"};
inline constexpr std::array layer_names{"dns",   "port",  "proxy", "tls",  "handshake",
                                        "frame", "close", "drop",  "link", "limit"};
inline constexpr std::array link_state_names{
    "unchanged", "up", "down", "no-carrier", "blackhole", "blackhole-up", "blackhole-down"};
inline constexpr std::array report_names{"other", "open",    "message", "close",
                                         "error", "gave-up", "refused"};
inline constexpr std::array stream_names{"stdout", "stderr"};
inline constexpr std::array ended_names{"settled",     "step-failed", "time",   "client-exited",
                                        "unsupported", "interrupted", "broken", "not-run"};
inline constexpr std::array missed_names{"message", "close", "pong", "answer", "connection"};
inline constexpr std::array cause_names{"time", "other-code", "ended"};
inline constexpr std::array matching_names{"any", "text", "regex", "json", "hex"};
inline constexpr std::array noise_names{"reports",   "logs",    "names",    "frames",  "packets",
                                        "data-lost", "windows", "attempts", "headers", "messages"};
// The words of an enum, in the order of its values.
constexpr const auto& names_of(Side) { return side_names; }
constexpr const auto& names_of(By) { return by_names; }
constexpr const auto& names_of(Port) { return port_names; }
constexpr const auto& names_of(End) { return end_names; }
constexpr const auto& names_of(Fate) { return fate_names; }
constexpr const auto& names_of(Control) { return control_names; }
constexpr const auto& names_of(Opcode) { return opcode_names; }
constexpr const auto& names_of(Layer) { return layer_names; }
constexpr const auto& names_of(LinkState) { return link_state_names; }
constexpr const auto& names_of(Report) { return report_names; }
constexpr const auto& names_of(Stream) { return stream_names; }
constexpr const auto& names_of(Ended) { return ended_names; }
constexpr const auto& names_of(Missed) { return missed_names; }
constexpr const auto& names_of(Cause) { return cause_names; }
constexpr const auto& names_of(Matching) { return matching_names; }
constexpr const auto& names_of(Noise) { return noise_names; }

/// The word for it, as traces have it.
template <class E>
requires std::is_enum_v<E>
[[nodiscard]] constexpr std::string_view word(E value) {
  return names_of(value).at(static_cast<std::size_t>(value));
}
/// What the client called it.
[[nodiscard]] inline std::string_view name_of(const ClientEvent& event) {
  return event.reported == Report::other ? std::string_view(event.name) : word(event.reported);
}

#define HALFOPEN_M(type, field) member(#field, &type::field)
#define HALFOPEN_EVENT(type, kebab, ...)                     \
  template <>                                                \
  struct Described<type> {                                   \
    static constexpr std::string_view name = kebab;          \
    static constexpr auto members = std::tuple{__VA_ARGS__}; \
  };

HALFOPEN_EVENT(AttemptBegins, "attempt-begins", HALFOPEN_M(AttemptBegins, peer),
               HALFOPEN_M(AttemptBegins, port), HALFOPEN_M(AttemptBegins, look_up))
HALFOPEN_EVENT(NameAsked, "name-asked", HALFOPEN_M(NameAsked, name), HALFOPEN_M(NameAsked, type),
               HALFOPEN_M(NameAsked, transport), HALFOPEN_M(NameAsked, answer),
               HALFOPEN_M(NameAsked, delay))
HALFOPEN_EVENT(Packet, "packet", HALFOPEN_M(Packet, kind), HALFOPEN_M(Packet, from),
               HALFOPEN_M(Packet, fate), HALFOPEN_M(Packet, nth))
HALFOPEN_EVENT(DataLost, "data-lost", HALFOPEN_M(DataLost, from), HALFOPEN_M(DataLost, position),
               HALFOPEN_M(DataLost, nth), HALFOPEN_M(DataLost, fate))
HALFOPEN_EVENT(Window, "window", HALFOPEN_M(Window, of), HALFOPEN_M(Window, open),
               HALFOPEN_M(Window, sent))
HALFOPEN_EVENT(Waiting, "waiting", HALFOPEN_M(Waiting, unread), HALFOPEN_M(Waiting, unsent))
HALFOPEN_EVENT(Accepted, "accepted")
HALFOPEN_EVENT(ProxyAsked, "proxy-asked", HALFOPEN_M(ProxyAsked, method),
               HALFOPEN_M(ProxyAsked, target), HALFOPEN_M(ProxyAsked, headers))
HALFOPEN_EVENT(ProxyAnswered, "proxy-answered", HALFOPEN_M(ProxyAnswered, status))
HALFOPEN_EVENT(TlsOpened, "tls-opened", HALFOPEN_M(TlsOpened, version),
               HALFOPEN_M(TlsOpened, server_name), HALFOPEN_M(TlsOpened, alpn),
               HALFOPEN_M(TlsOpened, session_offered), HALFOPEN_M(TlsOpened, resumed))
HALFOPEN_EVENT(TlsFailed, "tls-failed", HALFOPEN_M(TlsFailed, alert), HALFOPEN_M(TlsFailed, from),
               HALFOPEN_M(TlsFailed, why))
HALFOPEN_EVENT(Request, "request", HALFOPEN_M(Request, method), HALFOPEN_M(Request, target),
               HALFOPEN_M(Request, headers))
HALFOPEN_EVENT(Answer, "answer", HALFOPEN_M(Answer, status), HALFOPEN_M(Answer, fault),
               HALFOPEN_M(Answer, valid), HALFOPEN_M(Answer, retry_after))
HALFOPEN_EVENT(Opened, "opened", HALFOPEN_M(Opened, extension))
HALFOPEN_EVENT(Frame, "frame", HALFOPEN_M(Frame, from), HALFOPEN_M(Frame, opcode),
               HALFOPEN_M(Frame, length), HALFOPEN_M(Frame, fin), HALFOPEN_M(Frame, masked),
               HALFOPEN_M(Frame, code), HALFOPEN_M(Frame, text), HALFOPEN_M(Frame, compressed))
HALFOPEN_EVENT(FramesOmitted, "frames-omitted", HALFOPEN_M(FramesOmitted, from),
               HALFOPEN_M(FramesOmitted, frames), HALFOPEN_M(FramesOmitted, bytes))
HALFOPEN_EVENT(Violation, "violation", HALFOPEN_M(Violation, rule), HALFOPEN_M(Violation, text))
HALFOPEN_EVENT(FaultStruck, "fault-struck", HALFOPEN_M(FaultStruck, layer),
               HALFOPEN_M(FaultStruck, name), HALFOPEN_M(FaultStruck, text),
               HALFOPEN_M(FaultStruck, silent))
HALFOPEN_EVENT(FaultSpared, "fault-spared", HALFOPEN_M(FaultSpared, name))
HALFOPEN_EVENT(EndVisible, "end-visible", HALFOPEN_M(EndVisible, how), HALFOPEN_M(EndVisible, code),
               HALFOPEN_M(EndVisible, by))
HALFOPEN_EVENT(ClientLeft, "client-left", HALFOPEN_M(ClientLeft, how))
HALFOPEN_EVENT(AttemptOver, "attempt-over")
HALFOPEN_EVENT(StepBegins, "step-begins", HALFOPEN_M(StepBegins, index),
               HALFOPEN_M(StepBegins, text))
HALFOPEN_EVENT(StepPassed, "step-passed", HALFOPEN_M(StepPassed, index))
HALFOPEN_EVENT(StepFailed, "step-failed", HALFOPEN_M(StepFailed, index),
               HALFOPEN_M(StepFailed, missed), HALFOPEN_M(StepFailed, cause),
               HALFOPEN_M(StepFailed, matching), HALFOPEN_M(StepFailed, pattern),
               HALFOPEN_M(StepFailed, code), HALFOPEN_M(StepFailed, within),
               HALFOPEN_M(StepFailed, came), HALFOPEN_M(StepFailed, before),
               HALFOPEN_M(StepFailed, close_code), HALFOPEN_M(StepFailed, done),
               HALFOPEN_M(StepFailed, repeat), HALFOPEN_M(StepFailed, how),
               HALFOPEN_M(StepFailed, by))
HALFOPEN_EVENT(MessageMatched, "message-matched", HALFOPEN_M(MessageMatched, index))
HALFOPEN_EVENT(LinkChanged, "link-changed", HALFOPEN_M(LinkChanged, state),
               HALFOPEN_M(LinkChanged, kills_flows), HALFOPEN_M(LinkChanged, settings),
               HALFOPEN_M(LinkChanged, text))
HALFOPEN_EVENT(Told, "told", HALFOPEN_M(Told, text))
HALFOPEN_EVENT(LinkSummary, "link-summary", HALFOPEN_M(LinkSummary, from),
               HALFOPEN_M(LinkSummary, units), HALFOPEN_M(LinkSummary, bytes),
               HALFOPEN_M(LinkSummary, lost), HALFOPEN_M(LinkSummary, decisions),
               HALFOPEN_M(LinkSummary, late_p50), HALFOPEN_M(LinkSummary, late_p99),
               HALFOPEN_M(LinkSummary, late_max))
HALFOPEN_EVENT(Lag, "lag", HALFOPEN_M(Lag, late))
HALFOPEN_EVENT(Unreliable, "unreliable", HALFOPEN_M(Unreliable, why))
HALFOPEN_EVENT(EventsOmitted, "events-omitted", HALFOPEN_M(EventsOmitted, kind),
               HALFOPEN_M(EventsOmitted, count))
HALFOPEN_EVENT(ClientStarted, "client-started", HALFOPEN_M(ClientStarted, command))
HALFOPEN_EVENT(ClientEvent, "client-event", HALFOPEN_M(ClientEvent, reported),
               HALFOPEN_M(ClientEvent, name), HALFOPEN_M(ClientEvent, text),
               HALFOPEN_M(ClientEvent, code), HALFOPEN_M(ClientEvent, clean),
               HALFOPEN_M(ClientEvent, json))
HALFOPEN_EVENT(PageServed, "page-served")
HALFOPEN_EVENT(ClientLog, "client-log", HALFOPEN_M(ClientLog, stream), HALFOPEN_M(ClientLog, text))
HALFOPEN_EVENT(ClientMemory, "client-memory", HALFOPEN_M(ClientMemory, bytes))
HALFOPEN_EVENT(ClientExited, "client-exited", HALFOPEN_M(ClientExited, code),
               HALFOPEN_M(ClientExited, signal), HALFOPEN_M(ClientExited, by_us))
HALFOPEN_EVENT(Unsupported, "unsupported", HALFOPEN_M(Unsupported, what),
               HALFOPEN_M(Unsupported, remedy))
HALFOPEN_EVENT(Broken, "broken", HALFOPEN_M(Broken, why))
HALFOPEN_EVENT(Over, "over", HALFOPEN_M(Over, why))
HALFOPEN_EVENT(Header, "trace", HALFOPEN_M(Header, format), HALFOPEN_M(Header, version),
               HALFOPEN_M(Header, command), HALFOPEN_M(Header, scenario),
               HALFOPEN_M(Header, scenario_file), HALFOPEN_M(Header, scenario_text),
               HALFOPEN_M(Header, scenario_hash), HALFOPEN_M(Header, client),
               HALFOPEN_M(Header, client_given), HALFOPEN_M(Header, client_can),
               HALFOPEN_M(Header, seed), HALFOPEN_M(Header, link), HALFOPEN_M(Header, link_why),
               HALFOPEN_M(Header, machine), HALFOPEN_M(Header, started))

#undef HALFOPEN_M
#undef HALFOPEN_EVENT

}  // namespace halfopen::trace
