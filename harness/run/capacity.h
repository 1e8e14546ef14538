// The places that a host has for connections: who has one, and who waits for one. Pure.
//
// A place is taken from the moment at which the server looks at a connection until it learns that
// the connection is over, and for `held` longer. A connection that is turned away takes none, but
// uses up its [[attempt]] table as any other attempt does.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "run/limit.h"

namespace halfopen::run {

class Capacity {
 public:
  /// None: there are places for all.
  explicit Capacity(const std::optional<scenario::ConnectionLimit>& limit) : limit_(limit) {}

  [[nodiscard]] const Limit& limit() const { return limit_; }
  /// All places are taken.
  [[nodiscard]] bool is_full() const { return limit_.reached(static_cast<int>(taken_.size())); }
  [[nodiscard]] bool has_place(int attempt) const { return taken_.count(attempt) > 0; }

  void take(int attempt);
  /// Its connection is over: its place is free when it has been held for long enough. Said again,
  /// that changes nothing.
  void leave(Time now, int attempt);
  /// Frees the places whose time has come; tells who had them.
  std::vector<int> free(Time now);

  void wait(int attempt) { waiting_.insert(attempt); }
  /// Who has waited longest, if there is a place: it waits no more.
  [[nodiscard]] std::optional<int> admit();
  /// When a place is free that somebody waits for.
  [[nodiscard]] std::optional<Time> deadline() const;

 private:
  Limit limit_;
  /// By attempt: when the place is free again, once that is known. Empty where there is no limit.
  std::map<int, std::optional<Time>> taken_;
  std::set<int> waiting_;
};

}  // namespace halfopen::run
