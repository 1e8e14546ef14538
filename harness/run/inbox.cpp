#include "run/inbox.h"

#include "scenario/match.h"

namespace halfopen::run {

namespace {

constexpr std::size_t most_remembered = 5;

}  // namespace

void Inbox::put(ByteView payload) {
  messages_.emplace_back(as_text(payload));
  bytes_ += payload.size();
  while (messages_.size() > most_messages || bytes_ > most_bytes) {
    bytes_ -= messages_.front().size();
    messages_.pop_front();
  }
}

bool Inbox::take(const scenario::Match& match) {
  while (!messages_.empty()) {
    const std::string message = std::move(messages_.front());
    messages_.pop_front();
    bytes_ -= message.size();
    if (scenario::matches(match, as_bytes(message))) return true;
    if (passed_over_.size() < most_remembered)
      passed_over_.push_back(printable(as_bytes(message), 80));
  }
  return false;
}

void Inbox::next_step() {
  for (std::string& message : passed_over_) before_.push_back(std::move(message));
  passed_over_.clear();
  while (before_.size() > most_remembered) before_.pop_front();
}

std::vector<std::string> Inbox::passed_over() const {
  return {passed_over_.begin(), passed_over_.end()};
}

std::vector<std::string> Inbox::passed_over_before() const {
  return {before_.begin(), before_.end()};
}

}  // namespace halfopen::run
