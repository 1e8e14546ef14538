#include "run/inbox.h"

#include "scenario/match.h"

namespace halfopen::run {

namespace {

constexpr std::size_t most_remembered = 5;

std::size_t taken_by(const std::string& message) { return sizeof(std::string) + message.size(); }

}  // namespace

bool Inbox::put(ByteView payload) {
  messages_.emplace_back(as_text(payload));
  bytes_ += payload.size();
  share_.set(share_.own() + taken_by(messages_.back()));
  while (messages_.size() > most_messages || bytes_ > most_bytes) (void)take_oldest();
  const bool too_much = share_.is_too_much(Held::most_untaken);
  while (share_.is_too_much(Held::most_untaken)) (void)take_oldest();
  return !too_much;
}

std::string Inbox::take_oldest() {
  std::string message = std::move(messages_.front());
  messages_.pop_front();
  bytes_ -= message.size();
  share_.set(share_.own() - taken_by(message));
  return message;
}

void Inbox::clear() {
  messages_.clear();
  messages_.shrink_to_fit();
  share_.set(0);
  bytes_ = 0;
  passed_over_.clear();
  before_.clear();
}

bool Inbox::take(const scenario::Match& match) {
  while (!messages_.empty()) {
    const std::string message = take_oldest();
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
