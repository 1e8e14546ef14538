// How many connections the server holds at a time, and what becomes of one too many.
#pragma once

#include <optional>

#include "scenario/scenario.h"

namespace halfopen::run {

class Limit {
 public:
  using Then = scenario::ConnectionLimit::Then;

  /// None: there is no limit.
  explicit Limit(const std::optional<scenario::ConnectionLimit>& limit);

  [[nodiscard]] bool exists() const { return limit_.has_value(); }
  /// Whether there is no place for one more beside so many.
  [[nodiscard]] bool reached(int taken) const { return limit_ && taken >= limit_->most; }
  /// Whether one too many is turned away so, and there is a limit at all.
  [[nodiscard]] bool is(Then then) const { return limit_ && limit_->then == then; }
  /// How long a place stays taken when its connection is over.
  [[nodiscard]] Duration held() const { return limit_->held; }
  [[nodiscard]] int line() const { return limit_->place.line; }
  /// What takes the place of the attempt's own table where it is turned away.
  [[nodiscard]] const scenario::Attempt& turned_away() const { return turned_away_; }

 private:
  const std::optional<scenario::ConnectionLimit>& limit_;
  scenario::Attempt turned_away_;
};

}  // namespace halfopen::run
