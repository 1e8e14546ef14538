// The rules of one open connection: what the server answers beside the steps ([[reply]]), and what
// it says from time to time ([[every]]). They take nothing from the steps, and no rule ever fails.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "run/context.h"
#include "run/step_target.h"

namespace halfopen::run {

class Replies {
 public:
  /// `table`: the attempt's, or null. `opened`: when the connection did. All must outlive this.
  Replies(const Context& context, StepTarget& target, int attempt, const scenario::Attempt* table,
          Time opened);

  /// Whether any rule answers messages here.
  [[nodiscard]] bool answer_messages() const;
  /// The connection has opened. To be called first.
  void opened(Time now);
  /// Whether a rule answers that message.
  bool message(Time now, ByteView payload);
  /// Whether a rule says when the pong goes out: it does so.
  bool ping(Time now, ByteView payload);
  /// The same of the server's own Close, which has that code; none: an empty one.
  bool closed(Time now, std::optional<int> code);
  void tick(Time now);
  [[nodiscard]] std::optional<Time> deadline() const;
  /// The connection is over: frees what it holds.
  void forget();

  /// So many answers of one connection may wait for their time.
  static constexpr std::size_t most_waiting = 1000;

 private:
  struct Rule {
    const scenario::Reply* reply;
    int done = 0;
  };
  struct Clock {
    const scenario::Every* every;
    int done = 0;
    Time due{};
  };
  /// An answer that waits for its time.
  struct Waiting {
    const scenario::Reply* rule;
    std::vector<scenario::SendStep> messages;
    std::optional<Bytes> pong;                   ///< With that payload.
    std::optional<scenario::CloseStep> close{};  ///< The answer to the client's.
    [[nodiscard]] std::size_t size() const;
  };

  void add(const std::vector<scenario::Reply>& rules);
  Rule* rule_for(scenario::Occasion occasion);
  void put(Time now, Rule& rule, Waiting answer);
  void say(Time now, const Waiting& answer);
  void send(Time now, const scenario::SendStep& message, int line);
  void tick(Time now, Clock& clock);
  [[nodiscard]] Duration pause(const Clock& clock) const;

  const Context& context_;
  StepTarget& target_;
  int attempt_;
  std::vector<Rule> rules_;
  std::vector<Clock> clocks_;
  std::multimap<Time, Waiting> waiting_;
  Share held_;                    ///< Of what all connections hold.
  std::optional<Time> ends_tcp_;  ///< Where the client does not answer a Close of a rule.
};

}  // namespace halfopen::run
