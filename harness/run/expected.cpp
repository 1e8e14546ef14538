#include "run/expected.h"

#include <tuple>

#include "run/noted.h"
#include "run/step_action.h"

namespace halfopen::run {
namespace {

using namespace scenario;
using trace::Missed;
using trace::StepFailed;

struct Wanted {
  using Failed = std::optional<StepFailed>;

  Failed operator()(const ExpectStep& step) const {
    StepFailed failed{.missed = Missed::message, .within = step.within};
    std::tie(failed.matching, failed.pattern) = noted(step.match);
    return failed;
  }
  Failed operator()(const ExpectCloseStep& step) const {
    return StepFailed{
        .missed = Missed::close, .code = step.code.value_or(0), .within = step.within};
  }
  Failed operator()(const PingStep& step) const {
    if (!step.pong_within) return std::nullopt;
    return StepFailed{.missed = Missed::pong, .within = *step.pong_within};
  }
  Failed operator()(const CloseStep& step) const {
    if (!step.finish) return std::nullopt;
    return StepFailed{.missed = Missed::answer, .within = close_answer_time};
  }
  template <class Other>
  Failed operator()(const Other&) const {
    return std::nullopt;
  }
};

}  // namespace

std::optional<StepFailed> wanted_by(const StepBody& step) { return std::visit(Wanted{}, step); }

Expected::Answer Expected::answer_to(const StepBody& step) {
  if (const auto* expect = std::get_if<ExpectStep>(&step))
    return inbox_.take(expect->match) ? Answer::right : Answer::none;
  const auto* wanted = std::get_if<ExpectCloseStep>(&step);
  if (!close_ || (wanted == nullptr && !std::holds_alternative<CloseStep>(step)))
    return Answer::none;
  return wanted != nullptr && wanted->code && *wanted->code != *close_ ? Answer::wrong
                                                                       : Answer::right;
}

void Expected::add_what_came(const StepBody& step, StepFailed& failed) const {
  failed.close_code = close_.value_or(0);
  if (!std::holds_alternative<ExpectStep>(step)) return;
  failed.came = inbox_.passed_over();
  failed.before = inbox_.passed_over_before();
}

}  // namespace halfopen::run
