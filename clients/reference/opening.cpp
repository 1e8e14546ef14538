// Judging the server's answer.
#include "opening.h"

#include "ws/answer.h"

namespace reference {

using halfopen::ws::Answer;
using halfopen::ws::Response;

std::size_t Opening::feed(halfopen::ByteView bytes) {
  const std::size_t taken = reader_.feed(bytes);
  if (!reader_.problem().empty()) {
    problem_ = reader_.problem();
    state_ = policy_.fails_on_garbage ? State::refused : State::hung;
  } else if (reader_.complete()) {
    problem_ = halfopen::ws::handshake_refusal(as_policy_sees_it(), handshake_.key);
    state_ = problem_.empty() ? State::open : State::refused;
  }
  return taken;
}

/// What a mutant does not check looks right to it. An answer with another status than 101 has none
/// of the headers of one, so the mutant that ignores the status does not miss them there.
Response Opening::as_policy_sees_it() const {
  Response response = reader_.response();
  const bool ignores_all = !policy_.checks_status && response.status != 101;
  Answer seen;
  seen.headers = response.headers;
  if (ignores_all || !policy_.checks_accept) {
    seen.set("Sec-WebSocket-Accept", halfopen::ws::accept_for(handshake_.key));
  }
  if (ignores_all || !policy_.checks_upgrade) {
    seen.set("Upgrade", "websocket");
    seen.set("Connection", "Upgrade");
  }
  if (ignores_all) response.status = 101;
  response.headers = seen.headers;
  return response;
}

}  // namespace reference
