// How fast the server reads from one connection.
#pragma once

#include <cstdint>
#include <optional>

#include "base/time.h"

namespace halfopen::run {

class Pace {
 public:
  /// `rate`: bits a second; 0: nothing; none: as fast as it comes.
  Pace(std::optional<double> rate, Time now) : rate_(rate), granted_(now) {}

  /// How many bytes more may be read from now on; none: all that come. What an earlier grant left
  /// unused is forfeited: a server that reads slowly does not catch up. One that comes late is
  /// larger.
  [[nodiscard]] std::optional<std::uint64_t> grant(Time now);
  /// When the next grant is due; none if there will be none.
  [[nodiscard]] std::optional<Time> deadline() const;
  [[nodiscard]] bool is_slow() const { return rate_.has_value(); }

 private:
  std::optional<double> rate_;
  Time granted_;  ///< When the last grant was given.
};

}  // namespace halfopen::run
