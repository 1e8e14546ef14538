#include <string>

#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& arguments, const Asked& /*asked*/) {
  const auto length = static_cast<std::size_t>(argument<std::int64_t>(arguments, "length"));
  answer.headers.emplace_back("X-Padding", std::string(length, 'a'));
}

}  // namespace

extern const Fault handshake_long_header = {
    .name = "long-header",
    .layer = Layer::handshake,
    .about = "Adds a very long header to the correct answer.",
    .background = "A header that fills buffers of a fixed size.",
    .correct = "Opens, or fails the connection, by its own limit, with bounded memory.",
    .source = "RFC 9110, section 5.4",
    .parameters =
        {
            {.name = "length",
             .type = Type::size,
             .fallback = "64KiB",
             .about = "Length of its value.",
             .lowest = 1,
             .highest = std::int64_t{64} * 1024 * 1024},
        },
    .spoil = spoil,
    .leaves_it_open = true,
};

}  // namespace halfopen::faults
