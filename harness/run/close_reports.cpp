#include "run/close_reports.h"

#include <algorithm>

#include "scenario/invariants.h"

namespace halfopen::run {
CloseReports::CloseReports(const Context& context)
    : context_(context),
      asked_(context.client_reports &&
             std::ranges::none_of(context.scenario.expect.waive,
                                  [](const auto& waived) { return waived.value == "one-close"; })) {
}

void CloseReports::follow(const trace::Event& event) {
  if (!asked_) return;
  if (std::holds_alternative<trace::Opened>(event.body)) {
    opened_ += open_.insert(event.attempt).second ? 1 : 0;
  } else if (const auto* end = std::get_if<trace::EndVisible>(&event.body)) {
    // Behind a Close of the server TCP lives on, and so may the client's connection.
    if (end->how != trace::End::silence && end->how != trace::End::close) ends(event);
  } else if (std::holds_alternative<trace::ClientLeft>(event.body) ||
             std::holds_alternative<trace::AttemptOver>(event.body)) {
    ends(event);
  } else if (const auto* report = std::get_if<trace::ClientEvent>(&event.body)) {
    opens_reported_ += report->reported == trace::Report::open ? 1 : 0;
    closes_reported_ += report->reported == trace::Report::close ? 1 : 0;
  } else if (const auto* told = std::get_if<trace::Told>(&event.body)) {
    if (told->action == "freeze") frozen_ = true;
    if (told->action != "thaw") return;
    frozen_ = false;
    thawed_ = event.at;
  }
}

void CloseReports::ends(const trace::Event& event) {
  if (open_.erase(event.attempt) > 0) ends_.push_back({event.attempt, event.at});
}

std::optional<Time> CloseReports::awaited_until(int last_attempt) const {
  const std::size_t unreported_opens = opened_ - std::min(opened_, opens_reported_);
  const std::size_t told = closes_reported_ + unreported_opens;
  if (frozen_ || ends_.size() <= told || ends_[told].attempt > last_attempt) return std::nullopt;
  const Duration since = std::max(ends_[told].at, thawed_);
  return context_.recorder.start() + since + scenario::time_to_report + after_all;
}

}  // namespace halfopen::run
