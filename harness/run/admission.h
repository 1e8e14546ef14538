// Whom the server lets in: by a token, by the page that asks.
#pragma once

#include <optional>
#include <string>

#include "scenario/scenario.h"
#include "ws/request.h"

namespace halfopen::run {

/// Why a request is turned away before it is answered.
struct Refusal {
  int status = 401;
  std::string fault;  ///< "unauthorized" or "wrong-origin", for the trace.
};

/// None if the scenario lets the request in. Pure.
[[nodiscard]] std::optional<Refusal> refusal_of(const ws::Request& request,
                                                const scenario::Handshake& handshake);

/// The subprotocol to choose, or "": the scenario's own if the client offers it; by default the
/// first that it offers, or where the token is offered as a subprotocol, the first that is not the
/// token, or else the token.
[[nodiscard]] std::string protocol_for(const ws::Request& request,
                                       const scenario::Handshake& handshake);

}  // namespace halfopen::run
