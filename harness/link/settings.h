// What a link is asked to do, as plain data: filled by the scenario loader, read by the pipeline.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.h"

namespace halfopen::link {

enum class Direction { up, down };  ///< up: client → server.

struct NoLoss {
  bool operator==(const NoLoss&) const = default;
};
/// Every unit is lost with the same probability, 0 to 1, whatever became of the others.
struct Bernoulli {
  double p = 0;
  bool operator==(const Bernoulli&) const = default;
};
/// Two-state bursts (Gilbert, BSTJ 39, 1960; Elliott, BSTJ 42, 1963). Starts in the good state; a
/// unit's coin is that of the state before the transition. All four are probabilities, 0 to 1.
struct GilbertElliott {
  double p = 0;     ///< P(good → bad)
  double r = 1;     ///< P(bad → good)
  double bad = 1;   ///< Loss in the bad state.
  double good = 0;  ///< Loss in the good state.
  bool operator==(const GilbertElliott&) const = default;
};
/// The link carries for `on`, loses everything for `off`, and repeats, counted from its start.
struct Outages {
  Duration on{};
  Duration off{};
  bool operator==(const Outages&) const = default;
};
using Loss = std::variant<NoLoss, Bernoulli, GilbertElliott, Outages>;

/// Uniform: within ± jitter. Normal: standard deviation = jitter, cut at ± 3 of them. Pareto: a
/// long tail above the delay, with mean excess = jitter.
enum class Distribution { uniform, normal, pareto };

/// "drop the nth unit of this kind": "syn 1-3", "down data 5", "up fin". See drop_rule.h.
struct DropRule {
  enum class Kind { syn, syn_ack, data, ack, fin, rst, any };
  /// None: up for syn, data and ack, down for syn_ack, both for fin, rst and any.
  std::optional<Direction> direction;
  Kind kind = Kind::any;
  /// Which ones, counted per attempt from 1 (retransmissions of a SYN count, data is counted by
  /// first transmissions). 1..no_limit where the rule names no number.
  int first = 1;
  int last = 1;
  /// How many transmissions of each chosen data unit are lost ("data 5 x3"); 1 by default.
  int transmissions = 1;
  std::string text;  ///< As written.
  bool operator==(const DropRule&) const = default;
};

/// One direction of a link.
struct Settings {
  Loss loss;
  double duplicate = 0;        ///< Share of units that arrive twice, 0 to 1.
  double corrupt = 0;          ///< Share of units with one flipped bit, 0 to 1.
  std::optional<double> rate;  ///< Bits per second; none: unlimited.
  std::uint64_t queue = std::uint64_t{256} * 1024;  ///< Drop-tail queue in front of `rate`, bytes.
  Duration delay{};
  Duration jitter{};
  Distribution distribution = Distribution::uniform;
  bool jitter_reorders = false;  ///< Whether jitter alone may let units overtake each other.
  double reorder = 0;  ///< Share of units sent at once, past the delay and those waiting in it.
  std::vector<DropRule> drop;
  bool operator==(const Settings&) const = default;
};

/// A flow without packets for that long is forgotten, as NATs and firewalls do.
struct Idle {
  enum class How { forget, reset };  ///< Its later packets vanish, or are answered with RST.
  Duration after{};
  How how = How::forget;
  bool operator==(const Idle&) const = default;
};
/// The largest IP packet that gets through.
struct LargestPacket {
  std::size_t size = 1500;  ///< Bytes, with the IP header.
  bool icmp = true;         ///< Whether the sender is told (RFC 1191, RFC 8201).
  bool operator==(const LargestPacket&) const = default;
};
/// What stands in the way of every flow, in both directions. See middlebox.h.
struct Middlebox {
  std::optional<Idle> idle;
  std::optional<LargestPacket> largest;
  bool operator==(const Middlebox&) const = default;
};

/// Down: the client's device is switched off, and its routes are gone. Without a carrier it is on
/// and has its addresses, but its cable is pulled. A black hole swallows the packets of both
/// directions, or of just one, and nobody knows.
enum class State { up, down, no_carrier, blackhole, blackhole_up, blackhole_down };
/// The word for each, in that order.
inline constexpr std::array state_names{"up",        "down",         "no-carrier",
                                        "blackhole", "blackhole-up", "blackhole-down"};
/// Whether packets of that direction vanish, or never even set out.
[[nodiscard]] constexpr bool swallows(State state, Direction direction) {
  switch (state) {
    case State::up:
      return false;
    case State::down:
    case State::no_carrier:
    case State::blackhole:
      return true;
    case State::blackhole_up:
      return direction == Direction::up;
    case State::blackhole_down:
      return direction == Direction::down;
  }
  return false;
}

/// A whole link.
struct Link {
  Settings up;
  Settings down;
  State state = State::up;
  std::string profile;  ///< The profile it was made from, or "".
  Middlebox middlebox;
  bool operator==(const Link&) const = default;
};

/// What a step or an [[at]] table changes. What is not named stays as it is.
struct Change {
  std::optional<State> state;
  /// New settings for a direction, replacing the old ones whole. The loader makes them from the
  /// scenario's [link] and the keys that the change names.
  std::optional<Settings> up;
  std::optional<Settings> down;
  std::string text;  ///< As a person would say it: "down", "loss 30%".
  std::optional<Middlebox> middlebox;
  /// From now on the packets of every flow that there is vanish, both ways; new flows work: a NAT
  /// was restarted, or the client has moved to another network.
  bool rebind = false;
  /// From now on the client has another address, and what it sends from the old one is lost.
  bool readdress = false;
  bool operator==(const Change&) const = default;
};

/// The named profiles of access networks (WebPageTest's, and lossy ones). Null if there is none.
[[nodiscard]] const Link* find_profile(const std::string& name);
[[nodiscard]] std::vector<std::string> profile_names();

}  // namespace halfopen::link
