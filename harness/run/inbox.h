// Messages that the client sent and no step has taken yet. Bounded, for one connection and for all:
// of more than some it is only kept which of the steps to come they are good for.
#pragma once

#include <deque>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "run/held.h"
#include "scenario/scenario.h"

namespace halfopen::run {

class Inbox {
 public:
  explicit Inbox(Held& held) : share_(held.untaken) {}

  using Matches = std::span<const scenario::Match* const>;

  /// `wanted`: what the steps to come wait for. False where all connections together had too many,
  /// and the oldest of this one were let go.
  bool put(ByteView payload, Matches wanted);
  /// Takes messages out up to and including the first that matches; those before it are passed
  /// over, and named by passed_over(). `match`: one of those that were wanted.
  bool take(const scenario::Match& match);
  /// What came and did not match, readable; and what the steps before have passed over.
  [[nodiscard]] std::vector<std::string> passed_over() const;
  [[nodiscard]] std::vector<std::string> passed_over_before() const;
  /// The next step begins.
  void next_step();
  void clear();

  /// So many are kept whole.
  static constexpr std::size_t most_messages = 1000;
  static constexpr std::size_t most_bytes = 4 * 1024 * 1024;

 private:
  struct Message {
    std::string text;  ///< Whole, or the beginning of it, readable.
    bool whole = true;
    std::vector<const scenario::Match*> fits{};  ///< Where it is not whole: those that it matches.
    [[nodiscard]] std::size_t size() const {
      return sizeof *this + text.size() + fits.size() * sizeof(void*);
    }
    [[nodiscard]] bool matches(const scenario::Match& match) const;
    [[nodiscard]] std::string excerpt() const;
  };

  static Message digest(ByteView payload, Matches wanted);
  void shorten(Matches wanted);
  Message take_oldest();

  Share share_;  ///< Of what all connections hold; a message counts with what it takes itself.
  std::deque<Message> messages_;
  std::size_t shortened_ = 0;  ///< The oldest so many are not whole; there may be more.
  std::size_t whole_ = 0;
  std::size_t whole_bytes_ = 0;
  std::deque<std::string> passed_over_;  ///< By the step at hand.
  std::deque<std::string> before_;       ///< By those before it.
};

}  // namespace halfopen::run
