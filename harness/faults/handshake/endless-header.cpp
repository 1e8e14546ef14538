#include <algorithm>

#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

constexpr Duration least = std::chrono::milliseconds(1);

void spoil(ws::Answer& answer, const Arguments& arguments, const Asked& /*asked*/) {
  const Duration every = argument<Duration>(arguments, "every");
  if (every < least) throw Error("send headers without end", "every must be at least 1ms");
  std::string head = ws::serialise(answer);
  head.resize(head.size() - 2);  // Without the empty line that ends it.
  answer.raw = head;
  const std::string name = "X-Endless: ";
  const auto length = static_cast<std::size_t>(argument<std::int64_t>(arguments, "length"));
  answer.endless = name + std::string(length - name.size() - 2, 'a') + "\r\n";
  answer.every = every;
  answer.whole = answer.valid = false;
}

}  // namespace

extern const Fault handshake_endless_header = {
    .name = "endless-header",
    .layer = Layer::handshake,
    .about = "Adds one header after the other to the correct answer, and never ends it.",
    .background = "A hostile server, or one that streams something else: the head never ends.",
    .correct = "Fails the connection at its own limit of size or time, with bounded memory.",
    .source = "RFC 9110, section 5.4",
    .parameters =
        {
            {.name = "length",
             .type = Type::size,
             .fallback = "1KiB",
             .about = "Length of each header line; 64 MiB are sent in all.",
             .lowest = 16,
             .highest = std::int64_t{64} * 1024},
            {.name = "every",
             .type = Type::duration,
             .fallback = "5ms",
             .about = "Time from one to the next, at least 1ms."},
        },
    .spoil = spoil,
};

}  // namespace halfopen::faults
