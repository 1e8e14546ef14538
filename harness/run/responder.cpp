#include "run/responder.h"

#include <utility>

namespace halfopen::run {
namespace {

bool offers(const ws::Request& request, const std::string& protocol) {
  return !protocol.empty() && request.has_token("Sec-WebSocket-Protocol", protocol);
}

/// An HTTP answer that is no upgrade.
Reaction refuse(int status, std::string reason, std::string body) {
  Reaction reaction;
  ws::Answer& answer = reaction.answer;
  answer.status = status;
  answer.reason = reason.empty() ? std::string(ws::reason_of(status)) : std::move(reason);
  answer.body = std::move(body);
  answer.valid = false;
  answer.set("Content-Type", "text/plain");
  answer.set("Connection", "close");
  reaction.finish = true;
  return reaction;
}

void apply_headers(ws::Answer& answer, const scenario::Handshake& handshake) {
  // Only a body that RFC 9110, section 6.4.1 allows gets a length; a scenario may still add one.
  if (answer.status >= 200 && answer.status != 204 && answer.status != 304)
    answer.set("Content-Length", std::to_string(answer.body.size()));
  for (const auto& [name, value] : handshake.headers) {
    if (value.empty())
      answer.remove(name);
    else
      answer.set(name, value);
  }
}

Reaction scripted(const ws::Request& request, const scenario::Handshake& handshake) {
  if (handshake.never) return {{}, "never-answers", true, false};
  Reaction reaction;
  if (handshake.status && *handshake.status != 101) {
    reaction = refuse(*handshake.status, handshake.reason.value_or(""), handshake.body);
    reaction.fault = "status " + std::to_string(*handshake.status);
  } else {
    const std::string& protocol = handshake.protocol;
    reaction.answer = ws::correct_answer(request.header("Sec-WebSocket-Key"),
                                         offers(request, protocol) ? protocol : "");
    reaction.answer.body = handshake.body;
    if (handshake.reason) reaction.answer.reason = *handshake.reason;
  }
  if (handshake.fault) {
    handshake.fault->fault->spoil(reaction.answer, handshake.fault->arguments);
    reaction.fault = handshake.fault->fault->name;
  }
  if (handshake.raw) {
    reaction.answer.raw = *handshake.raw;
    reaction.answer.valid = false;
    reaction.fault = "raw";
  }
  apply_headers(reaction.answer, handshake);
  reaction.answer.delay += handshake.delay;
  if (handshake.drip > Duration::zero()) reaction.answer.drip = handshake.drip;
  return reaction;
}

}  // namespace

Reaction react(const ws::Request& request, const scenario::Attempt* table) {
  if (!request.has_token("Upgrade", "websocket")) {
    Reaction plain = refuse(426, "", "This is a WebSocket server.\n");
    plain.answer.set("Upgrade", "websocket");
    plain.answer.set("Content-Length", std::to_string(plain.answer.body.size()));
    return plain;
  }
  return scripted(request, table == nullptr ? scenario::Handshake{} : table->handshake);
}

Responder::Responder(Reaction reaction, Time now)
    : reaction_(std::move(reaction)),
      bytes_(reaction_.never ? std::string() : ws::serialise(reaction_.answer)),
      next_(now + reaction_.answer.delay) {}

Bytes Responder::take(Time now) {
  Bytes due;
  if (reaction_.never || now < next_) return due;
  if (reaction_.answer.drip == Duration::zero()) {
    append(due, std::string_view(bytes_).substr(sent_));
    sent_ = bytes_.size();
    return due;
  }
  while (sent_ < bytes_.size() && next_ <= now) {
    append(due, std::string_view(bytes_).substr(sent_++, 1));
    next_ += reaction_.answer.drip;
  }
  return due;
}

std::optional<Time> Responder::deadline() const {
  if (reaction_.never || done()) return std::nullopt;
  return next_;
}

}  // namespace halfopen::run
