// Judging the server's answer.
#include "opening.h"

#include "ws/answer.h"

namespace reference {

using halfopen::ws::Answer;
using halfopen::ws::Response;

namespace {

/// Headers of that name, and other words for that value, are gone: a mutant does not know them.
void forget_other_spellings(halfopen::ws::Headers& headers, std::string_view name,
                            std::string_view value) {
  std::erase_if(headers, [&](const auto& field) {
    const bool names_it = halfopen::ws::equal_ignoring_case(field.first, name);
    return names_it && (field.first != name || field.second.find(value) == std::string::npos);
  });
}

void replace(Answer& answer, std::string_view name, std::string_view value) {
  answer.remove(name);
  answer.set(name, value);
}

}  // namespace

std::size_t Opening::feed(halfopen::ByteView bytes) {
  const std::size_t taken = reader_.feed(bytes);
  if (!policy_.takes_any_wording) seen_ += halfopen::as_text(bytes.first(taken));
  if (!reader_.problem().empty()) {
    problem_ = reader_.problem();
    state_ = policy_.fails_on_garbage ? State::refused : State::hung;
  } else if (reader_.complete()) {
    judge();
  }
  return taken;
}

void Opening::judge() {
  const Response response = as_policy_sees_it();
  problem_ = halfopen::ws::handshake_refusal(response, handshake_.key, offer_);
  if (problem_.empty()) problem_ = dislike_of_choice();
  state_ = problem_.empty() ? State::open : State::refused;
  if (state_ == State::open && !policy_.takes_any_wording && !is_worded_as_in_the_rfc()) {
    problem_ = "the answer is not worded like the example in RFC 6455";
    state_ = State::refused;
    final_ = true;
  }
  if (offer_.deflate) deflate_ = halfopen::ws::agreed_extensions(response.headers).deflate;
}

bool Opening::is_worded_as_in_the_rfc() const {
  const std::string protocol = header("Sec-WebSocket-Protocol");
  return seen_ == serialise(halfopen::ws::correct_answer(handshake_.key, protocol));
}

/// Why it does not like what a legal answer chose of its subprotocols, or "". That there must be a
/// choice is the browsers' rule (WHATWG WebSockets, section 2.2, "Opening handshake"); RFC 6455
/// leaves it to the client (section 4.2.2, item 5.5).
std::string Opening::dislike_of_choice() const {
  if (offer_.protocols.empty() || !policy_.checks_protocol) return {};
  const std::string chosen = header("Sec-WebSocket-Protocol");
  if (chosen.empty())
    return policy_.needs_protocol ? "the server chose none of the subprotocols offered" : "";
  if (!policy_.takes_any_offered && chosen != offer_.protocols.front())
    return "the server did not choose the first subprotocol offered";
  return {};
}

std::string Opening::header(std::string_view name) const {
  if (!reader_.complete()) return {};
  return std::string(halfopen::ws::first_value(reader_.response().headers, name));
}

/// What a mutant does not check looks right to it. An answer with another status than 101 has none
/// of the headers of one, so the mutant that ignores the status does not miss them there.
Response Opening::as_policy_sees_it() const {
  Response response = reader_.response();
  const bool ignores_all = !policy_.checks_status && response.status != 101;
  Answer seen;
  seen.headers = response.headers;
  if (ignores_all || !policy_.checks_accept) {
    replace(seen, "Sec-WebSocket-Accept", halfopen::ws::accept_for(handshake_.key));
  }
  if (ignores_all || !policy_.checks_upgrade) {
    replace(seen, "Upgrade", "websocket");
    replace(seen, "Connection", "Upgrade");
  }
  if (!policy_.checks_extensions && !halfopen::ws::agreed_extensions(seen.headers).deflate)
    seen.remove("Sec-WebSocket-Extensions");
  if (!policy_.checks_protocol) seen.remove("Sec-WebSocket-Protocol");
  if (!policy_.ignores_case) {
    forget_other_spellings(seen.headers, "Upgrade", "websocket");
    forget_other_spellings(seen.headers, "Connection", "Upgrade");
    forget_other_spellings(seen.headers, "Sec-WebSocket-Accept", "");
  }
  if (ignores_all) response.status = 101;
  response.headers = seen.headers;
  return response;
}

}  // namespace reference
