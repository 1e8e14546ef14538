#include "run/expected.h"

#include <fmt/format.h>

#include "base/units.h"
#include "run/step_action.h"
#include "scenario/words.h"

namespace halfopen::run {
namespace {

using namespace scenario;

std::string close_frame(const std::optional<int>& code) {
  return code ? fmt::format("a Close frame with code {}", *code) : "a Close frame";
}

struct Wanted {
  std::string operator()(const ExpectStep& step) const {
    return fmt::format("{} within {}", in_words(step.match), format(step.within));
  }
  std::string operator()(const ExpectCloseStep& step) const {
    return fmt::format("{} within {}", close_frame(step.code), format(step.within));
  }
  std::string operator()(const PingStep& step) const {
    return step.pong_within ? fmt::format("a pong within {}", format(*step.pong_within)) : "";
  }
  std::string operator()(const CloseStep& step) const {
    if (!step.finish) return "";
    return fmt::format("a Close frame in answer within {} (RFC 6455, section 5.5.1)",
                       format(close_answer_time));
  }
  template <class Other>
  std::string operator()(const Other&) const {
    return "";
  }
};

}  // namespace

std::string wanted_by(const StepBody& step) { return std::visit(Wanted{}, step); }

Expected::Answer Expected::answer_to(const StepBody& step) {
  if (const auto* expect = std::get_if<ExpectStep>(&step))
    return inbox_.take(expect->match) ? Answer::right : Answer::none;
  const auto* wanted = std::get_if<ExpectCloseStep>(&step);
  if (!close_ || (wanted == nullptr && !std::holds_alternative<CloseStep>(step)))
    return Answer::none;
  return wanted != nullptr && wanted->code && *wanted->code != *close_ ? Answer::wrong
                                                                       : Answer::right;
}

std::string Expected::right_close(const StepBody& step) const {
  const auto* wanted = std::get_if<ExpectCloseStep>(&step);
  return close_frame(wanted == nullptr ? std::nullopt : wanted->code);
}

std::string Expected::close_in_words() const { return close_frame(close_); }

std::string Expected::came_instead(const StepBody& step) const {
  if (std::holds_alternative<ExpectStep>(step)) return inbox_.passed_over();
  return std::holds_alternative<PingStep>(step) ? "no pong with that payload" : "no Close frame";
}

}  // namespace halfopen::run
