#include "run/inbox.h"

#include <algorithm>
#include <utility>

#include "scenario/match.h"

namespace halfopen::run {

namespace {

constexpr std::size_t most_remembered = 5;
constexpr std::size_t excerpt_length = 80;

}  // namespace

bool Inbox::Message::matches(const scenario::Match& match) const {
  if (whole) return scenario::matches(match, as_bytes(text));
  return std::ranges::find(fits, &match) != fits.end();
}

std::string Inbox::Message::excerpt() const {
  return whole ? printable(as_bytes(text), excerpt_length) : text;
}

Inbox::Message Inbox::digest(ByteView payload, Matches wanted) {
  Message message{printable(payload, excerpt_length), false};
  for (const scenario::Match* match : wanted)
    if (scenario::matches(*match, payload)) message.fits.push_back(match);
  return message;
}

bool Inbox::put(ByteView payload, Matches wanted) {
  if (payload.size() > most_bytes) {
    messages_.push_back(digest(payload, wanted));
  } else {
    messages_.push_back({std::string(as_text(payload))});
    ++whole_;
    whole_bytes_ += payload.size();
  }
  share_.set(share_.own() + messages_.back().size());
  if (whole_ > most_messages || whole_bytes_ > most_bytes) shorten(wanted);
  const bool too_much = share_.is_too_much(Held::most_untaken);
  while (share_.is_too_much(Held::most_untaken)) (void)take_oldest();
  return !too_much;
}

/// The oldest first.
void Inbox::shorten(Matches wanted) {
  for (; whole_ > most_messages || whole_bytes_ > most_bytes; ++shortened_) {
    Message& message = messages_[shortened_];
    if (!message.whole) continue;
    --whole_;
    whole_bytes_ -= message.text.size();
    share_.set(share_.own() - message.size());
    message = digest(as_bytes(message.text), wanted);
    share_.set(share_.own() + message.size());
  }
}

Inbox::Message Inbox::take_oldest() {
  Message message = std::move(messages_.front());
  messages_.pop_front();
  if (message.whole) {
    --whole_;
    whole_bytes_ -= message.text.size();
  }
  if (shortened_ > 0) --shortened_;
  share_.set(share_.own() - message.size());
  return message;
}

void Inbox::clear() {
  messages_.clear();
  messages_.shrink_to_fit();
  share_.set(0);
  shortened_ = whole_ = whole_bytes_ = 0;
  passed_over_.clear();
  before_.clear();
}

bool Inbox::take(const scenario::Match& match) {
  while (!messages_.empty()) {
    const Message message = take_oldest();
    if (message.matches(match)) return true;
    if (passed_over_.size() < most_remembered) passed_over_.push_back(message.excerpt());
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
