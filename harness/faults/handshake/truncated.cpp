#include <algorithm>

#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& arguments) {
  const std::string whole = ws::serialise(answer);
  const auto count = static_cast<std::size_t>(argument<std::int64_t>(arguments, "bytes"));
  // Never all of it.
  answer.raw = whole.substr(0, std::min(count, whole.size() - 1));
  answer.valid = false;
}

}  // namespace

extern const Fault handshake_truncated = {
    .name = "truncated",
    .layer = Layer::handshake,
    .about = "Sends the beginning of the correct answer and nothing more.",
    .background = "A server that dies while it answers.",
    .correct =
        "Fails the connection (RFC 6455, section 7.1.7): no open event, TCP closed, then its usual "
        "backoff.",
    .source = "RFC 6455, section 4.1 (response); RFC 9112, section 8",
    .parameters =
        {
            {.name = "bytes",
             .type = Type::count,
             .fallback = "60",
             .about = "How many bytes are sent; at most all but the last one.",
             .lowest = 1,
             .highest = std::int64_t{64} * 1024},
        },
    .spoil = spoil,
};

}  // namespace halfopen::faults
