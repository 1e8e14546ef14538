#include "run/responder.h"

#include <utility>

#include "run/admission.h"
#include "ws/deflate.h"

namespace halfopen::run {
namespace {

/// What follows an answer without end does end, for the sake of this machine's memory.
constexpr std::size_t most_endless = std::size_t{64} * 1024 * 1024;

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

std::vector<std::string> strings(const std::vector<std::string_view>& views) {
  return {views.begin(), views.end()};
}

faults::Asked asked_by(const ws::Request& request, const Before& before) {
  return {std::string(request.header("Sec-WebSocket-Key")),
          before.key,
          std::string(request.header("Host")),
          before.tls,
          strings(ws::list_of(request.headers, "Sec-WebSocket-Protocol")),
          strings(ws::list_of(request.headers, "Sec-WebSocket-Extensions")),
          before.time};
}

void strike(const faults::Use& use, const faults::Asked& asked, Reaction& reaction) {
  use.fault->spoil(reaction.answer, use.arguments, asked);
  reaction.fault = use.fault->name;
  if (use.fault->acts != nullptr) reaction.acts = use.fault->acts(use.arguments);
  reaction.finish = reaction.answer.status != 101;
}

Reaction turn_away(const Refusal& refusal) {
  Reaction reaction = refuse(refusal.status, "", "");
  reaction.fault = refusal.fault;
  // A 401 says what would be accepted (RFC 9110, section 11.6.1).
  if (refusal.status == 401) reaction.answer.set("WWW-Authenticate", "Bearer");
  return reaction;
}

ws::Answer open_to(const ws::Request& request, const scenario::Handshake& handshake,
                   bool deflates) {
  ws::Answer answer =
      ws::correct_answer(request.header("Sec-WebSocket-Key"), protocol_for(request, handshake));
  if (const auto deflate = ws::accept_offer(request.headers); deflate && deflates)
    answer.set("Sec-WebSocket-Extensions", ws::in_words(*deflate));
  answer.body = handshake.body;
  if (handshake.reason) answer.reason = *handshake.reason;
  return answer;
}

Reaction scripted(const ws::Request& request, const scenario::Handshake& handshake,
                  const Before& before, bool deflates) {
  if (handshake.never) return {{}, "never-answers", true, false, {}};
  Reaction reaction;
  const auto refusal = refusal_of(request, handshake);
  if (refusal) {
    reaction = turn_away(*refusal);
  } else if (handshake.status && *handshake.status != 101) {
    reaction = refuse(*handshake.status, handshake.reason.value_or(""), handshake.body);
    reaction.fault = "status " + std::to_string(*handshake.status);
  } else {
    reaction.answer = open_to(request, handshake, deflates);
  }
  if (handshake.fault && !refusal) strike(*handshake.fault, asked_by(request, before), reaction);
  if (handshake.raw && !refusal) {
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

Reaction react(const ws::Request& request, const scenario::Attempt* table, const Before& before,
               bool deflates) {
  if (!request.has_token("Upgrade", "websocket")) {
    Reaction plain = refuse(426, "", "This is a WebSocket server.\n");
    plain.answer.set("Upgrade", "websocket");
    plain.answer.set("Content-Length", std::to_string(plain.answer.body.size()));
    return plain;
  }
  return scripted(request, table == nullptr ? scenario::Handshake{} : table->handshake, before,
                  deflates);
}

Responder::Responder(Reaction reaction, Time now)
    : reaction_(std::move(reaction)),
      bytes_(reaction_.never ? std::string() : ws::serialise(reaction_.answer)),
      next_(now + reaction_.answer.delay) {}

Bytes Responder::take(Time now) {
  Bytes due;
  if (reaction_.never || now < next_) return due;
  if (done()) {
    if (!deadline()) return due;
    append(due, reaction_.answer.endless);
    sent_ += due.size();
    next_ = now + reaction_.answer.every;
    return due;
  }
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

bool Responder::head_written() const {
  // Where a head ends in bytes that a scenario made up is the client's guess.
  if (!reaction_.answer.raw.empty()) return sent_ > 0;
  return done() || (sent_ > 0 && sent_ + reaction_.answer.body.size() >= bytes_.size());
}

std::optional<Time> Responder::deadline() const {
  const bool goes_on = !reaction_.answer.endless.empty() && sent_ < most_endless;
  if (reaction_.never || (done() && !goes_on)) return std::nullopt;
  return next_;
}

}  // namespace halfopen::run
