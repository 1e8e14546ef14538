#include <algorithm>

#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& arguments, const Asked& /*asked*/) {
  const std::string whole = ws::serialise(answer);
  const auto count = static_cast<std::size_t>(argument<std::int64_t>(arguments, "bytes"));
  // Never all of it.
  answer.raw = whole.substr(0, std::min(count, whole.size() - 1));
  answer.whole = answer.valid = false;
}

std::vector<Act> acts(const Arguments& arguments) {
  const std::string& end = argument<std::string>(arguments, "end");
  if (end == "fin") return {{Act::Kind::cut}};
  if (end == "reset") return {{Act::Kind::reset}};
  return {};
}

}  // namespace

extern const Fault handshake_truncated = {
    .name = "truncated",
    .layer = Layer::handshake,
    .about = "Sends the beginning of the correct answer and no more of it.",
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
            {.name = "end",
             .type = Type::text,
             .fallback = "silent",
             .about = "What follows: nothing at all (silent), FIN (fin) or RST (reset).",
             .choices = {"silent", "fin", "reset"}},
        },
    .spoil = spoil,
    .acts = acts,
};

}  // namespace halfopen::faults
