// Messages that the client sent and no step has taken yet. Bounded, for one connection and for all.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "run/held.h"
#include "scenario/scenario.h"

namespace halfopen::run {

class Inbox {
 public:
  explicit Inbox(Held& held) : share_(held.untaken) {}

  /// Lets the oldest go where there are too many. False where it was all connections together that
  /// had too many.
  bool put(ByteView payload);
  /// Takes messages out up to and including the first that matches; those before it are passed
  /// over, and named by passed_over().
  bool take(const scenario::Match& match);
  /// What came and did not match, readable; and what the steps before have passed over.
  [[nodiscard]] std::vector<std::string> passed_over() const;
  [[nodiscard]] std::vector<std::string> passed_over_before() const;
  /// The next step begins.
  void next_step();
  void clear();

  static constexpr std::size_t most_messages = 1000;
  static constexpr std::size_t most_bytes = 4 * 1024 * 1024;

 private:
  std::string take_oldest();

  Share share_;  ///< Of what all connections hold; a message counts with what it takes itself.
  std::deque<std::string> messages_;
  std::size_t bytes_ = 0;
  std::deque<std::string> passed_over_;  ///< By the step at hand.
  std::deque<std::string> before_;       ///< By those before it.
};

}  // namespace halfopen::run
