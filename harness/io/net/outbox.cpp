#include "io/net/outbox.h"

#include "base/error.h"

namespace halfopen::io {
namespace {

/// What is left to say of a message that could not be sent: to a request, that it failed.
bool turn_into_problem(Message& message, const Error& failure) {
  if (message.descriptors.empty() || !message.body.contains("id")) return false;
  const nlohmann::json id = message.body["id"];
  message = problem_message(failure.what());
  message.body["id"] = id;
  return true;
}

}  // namespace

void Outbox::post(Message message) {
  waiting_.push_back(std::move(message));
  flush();
}

void Outbox::answer(std::uint64_t request, Message message) {
  message.body["id"] = request;
  post(std::move(message));
}

bool Outbox::flush() {
  while (!waiting_.empty()) {
    try {
      if (!send(channel_, waiting_.front(), Wait::no)) return true;
    } catch (const Error& failure) {
      // Either halfopen is gone, which the loop will see, or descriptors could not be passed.
      if (turn_into_problem(waiting_.front(), failure)) continue;
    }
    waiting_.pop_front();
  }
  return false;
}

}  // namespace halfopen::io
