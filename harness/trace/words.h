// The kinds of things that events speak of, and the words that traces have for them, in the order
// of their values.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace halfopen::trace {

enum class Side { client, server };
inline constexpr std::array side_names{"client", "server"};
constexpr const auto& names_of(Side) { return side_names; }

/// Who did what ended a connection. `middlebox`: something on the way between the two.
enum class By { client, server, middlebox };
inline constexpr std::array by_names{"client", "server", "middlebox"};
constexpr const auto& names_of(By) { return by_names; }

/// How the network answers the first SYN of an attempt.
enum class Port { open, closed, filtered, unreachable };
inline constexpr std::array port_names{"open", "closed", "filtered", "unreachable"};
constexpr const auto& names_of(Port) { return port_names; }

/// How the client could see that an attempt was over; `silence` is nothing at all.
/// `unresolved`: the look-up of the server's name failed.
enum class End { reset, fin, close, refusal, alert, unreachable, silence, unresolved };
inline constexpr std::array end_names{"reset", "fin",         "close",   "refusal",
                                      "alert", "unreachable", "silence", "unresolved"};
constexpr const auto& names_of(End) { return end_names; }

/// What a link did with one packet that the trace mentions.
enum class Fate { passed, lost, dropped_by_rule, answered, blackholed, overflowed, too_large };
inline constexpr std::array fate_names{"passed",     "lost",       "dropped-by-rule", "answered",
                                       "blackholed", "overflowed", "too-large"};
constexpr const auto& names_of(Fate) { return fate_names; }

/// A packet without data that the trace mentions: TCP's (RFC 9293, section 3.1), or an ICMP error.
enum class Control { syn, syn_ack, rst, fin, icmp };
inline constexpr std::array control_names{"syn", "syn-ack", "rst", "fin", "icmp"};
constexpr const auto& names_of(Control) { return control_names; }

/// The opcode of a frame (RFC 6455, section 5.2) by its number; the rest of 0 to 15 are reserved.
enum class Opcode : std::uint8_t { continuation, text, binary, close = 8, ping = 9, pong = 10 };
inline constexpr std::array opcode_names{"continuation", "text", "binary", "0x3",  "0x4",  "0x5",
                                         "0x6",          "0x7",  "close",  "ping", "pong", "0xb",
                                         "0xc",          "0xd",  "0xe",    "0xf"};
constexpr const auto& names_of(Opcode) { return opcode_names; }

/// Where a fault stands in the catalogue. `link`: what the link does to a flow by itself. `limit`:
/// a server that holds as many connections as it can.
enum class Layer { dns, port, proxy, tls, handshake, frame, close, drop, link, limit };
inline constexpr std::array layer_names{"dns",   "port",  "proxy", "tls",  "handshake",
                                        "frame", "close", "drop",  "link", "limit"};
constexpr const auto& names_of(Layer) { return layer_names; }

/// What a change makes of the link. Down and without a carrier: the client's own device.
enum class LinkState { unchanged, up, down, no_carrier, blackhole, blackhole_up, blackhole_down };
inline constexpr std::array link_state_names{
    "unchanged", "up", "down", "no-carrier", "blackhole", "blackhole-up", "blackhole-down"};
constexpr const auto& names_of(LinkState) { return link_state_names; }

/// What a client reports, as far as the judge knows it; `other` has its own name beside it.
enum class Report { other, open, message, close, error, gave_up, refused };
inline constexpr std::array report_names{"other", "open",    "message", "close",
                                         "error", "gave-up", "refused"};
constexpr const auto& names_of(Report) { return report_names; }

enum class Stream { out, err };
inline constexpr std::array stream_names{"stdout", "stderr"};
constexpr const auto& names_of(Stream) { return stream_names; }

/// Why a run ended.
enum class Ended {
  settled,      ///< Everything was decided, and the last connection has lived for `settle`.
  step_failed,  ///< A step has failed: nothing that comes can mend it.
  /// An expectation is broken: a count was exceeded, or what was to come `by` a time has not.
  expectation_failed,
  time,  ///< `within` was over.
  client_exited,
  unsupported,
  interrupted,
  broken,
  not_run,
};
inline constexpr std::array ended_names{"settled",     "step-failed",   "expectation-failed",
                                        "time",        "client-exited", "unsupported",
                                        "interrupted", "broken",        "not-run"};
constexpr const auto& names_of(Ended) { return ended_names; }

/// What a step wanted of the client and did not get.
enum class Missed {
  message,     ///< One that fits a pattern.
  close,       ///< A Close frame.
  pong,        ///< One with the payload of the ping.
  answer,      ///< A Close frame in answer to the server's.
  connection,  ///< That the connection lasts until this step and those behind it are done.
};
inline constexpr std::array missed_names{"message", "close", "pong", "answer", "connection"};
constexpr const auto& names_of(Missed) { return missed_names; }

/// How it came to miss it.
enum class Cause {
  time,        ///< Its time was up.
  other_code,  ///< The client's Close came, with another code.
  ended,       ///< The connection did.
};
inline constexpr std::array cause_names{"time", "other-code", "ended"};
constexpr const auto& names_of(Cause) { return cause_names; }

/// How a message is held against a pattern: scenario::Match.
enum class Matching { any, text, regex, json, hex };
inline constexpr std::array matching_names{"any", "text", "regex", "json", "hex"};
constexpr const auto& names_of(Matching) { return matching_names; }

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
inline constexpr std::array noise_names{"reports",   "logs",    "names",    "frames",  "packets",
                                        "data-lost", "windows", "attempts", "headers", "messages"};
constexpr const auto& names_of(Noise) { return noise_names; }

/// The word for it, as traces have it.
template <class E>
requires std::is_enum_v<E>
[[nodiscard]] constexpr std::string_view word(E value) {
  return names_of(value).at(static_cast<std::size_t>(value));
}

}  // namespace halfopen::trace
