#include <algorithm>
#include <array>
#include <utility>

#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 10> mistakes{{
    {"unknown", "permessage-deflate; x-halfopen-unknown=1"},
    {"twice", "permessage-deflate; server_no_context_takeover; server_no_context_takeover"},
    {"bits-7", "permessage-deflate; server_max_window_bits=7"},
    {"bits-16", "permessage-deflate; server_max_window_bits=16"},
    {"bits-missing", "permessage-deflate; server_max_window_bits"},
    {"leading-zero", "permessage-deflate; server_max_window_bits=09"},
    {"value", "permessage-deflate; server_no_context_takeover=1"},
    {"client-bits-missing", "permessage-deflate; client_max_window_bits"},
    {"not-offered", "permessage-deflate; client_max_window_bits=15"},
    {"accepted-twice", "permessage-deflate, permessage-deflate"},
}};

bool offers_client_bits(const Asked& asked) {
  return std::any_of(asked.extensions.begin(), asked.extensions.end(), [](const auto& offer) {
    return offer.find("client_max_window_bits") != std::string::npos;
  });
}

void spoil(ws::Answer& answer, const Arguments& arguments, const Asked& asked) {
  const std::string& mistake = argument<std::string>(arguments, "mistake");
  for (const auto& [name, value] : mistakes)
    if (name == mistake) answer.set("Sec-WebSocket-Extensions", value);
  if (mistake == "not-offered" && offers_client_bits(asked))
    answer.set("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits=7");
  answer.valid = false;
}

}  // namespace

extern const Fault handshake_bad_deflate = {
    .name = "bad-deflate",
    .layer = Layer::handshake,
    .about = "Answers 101 and accepts permessage-deflate with parameters that are not allowed.",
    .background = "Compression agreed upon in a way that RFC 7692 does not allow.",
    .correct =
        "Fails the connection (RFC 6455, section 7.1.7): no open event, TCP closed, then its usual "
        "backoff.",
    .source = "RFC 7692, sections 5.1, 7 and 7.1; RFC 6455, section 4.1 (response, item 5)",
    .parameters =
        {
            {.name = "mistake",
             .type = Type::text,
             .fallback = "unknown",
             .about = "What is wrong; not-offered is client_max_window_bits to a client that did "
                      "not offer it (to one that did, with the value 7).",
             .choices = {"unknown", "twice", "bits-7", "bits-16", "bits-missing", "leading-zero",
                         "value", "client-bits-missing", "not-offered", "accepted-twice"}},
        },
    .spoil = spoil,
};

}  // namespace halfopen::faults
