// The ends of open connections that a client has yet to report: `one-close` is asked of it for each
// of them, and the run waits for as long as it may take.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "run/context.h"
#include "trace/event.h"

namespace halfopen::run {

/// What is missing for good is looked at for a little longer.
inline constexpr Duration after_all = std::chrono::seconds(1);

class CloseReports {
 public:
  explicit CloseReports(const Context& context);

  /// Takes in what was written down.
  void follow(const trace::Event& event);
  /// Until when a report may still come that is missing; none where none is, or nobody asks. Only
  /// ends of the attempts up to `last_attempt` count.
  [[nodiscard]] std::optional<Time> awaited_until(int last_attempt) const;

 private:
  struct End {
    int attempt = 0;
    Duration at{};
  };

  void ends(const trace::Event& event);

  const Context& context_;
  bool asked_;
  std::set<int> open_;     ///< Attempts that have opened and not ended.
  std::vector<End> ends_;  ///< Of those that had opened, in order.
  std::size_t opened_ = 0;
  std::size_t opens_reported_ = 0;
  std::size_t closes_reported_ = 0;
  bool frozen_ = false;
  Duration thawed_{};
};

}  // namespace halfopen::run
