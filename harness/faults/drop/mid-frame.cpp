#include <algorithm>

#include "faults/arguments.h"
#include "faults/ending.h"
#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& arguments) {
  const auto length = static_cast<std::size_t>(argument<std::int64_t>(arguments, "length"));
  const auto sent = static_cast<std::size_t>(argument<std::int64_t>(arguments, "sent"));
  Bytes bytes = ws::frame(ws::Opcode::text, as_bytes(std::string(length, 'x')));
  bytes.resize(std::min(sent, bytes.size() - 1));  // Never the whole frame.
  return {{Act::Kind::send, bytes}, ending(arguments)};
}

}  // namespace

extern const Fault drop_mid_frame = {
    .name = "mid-frame",
    .layer = Layer::drop,
    .about = "Sends the beginning of a text frame, then ends the connection.",
    .background = "The connection dies within a frame: in its head or in its payload.",
    .correct =
        "Reports 1006, never delivers the part that came, and reads the next connection with a "
        "fresh parser.",
    .source = "RFC 6455, sections 5.2 and 7.1.7",
    .parameters = {{.name = "length",
                    .type = Type::size,
                    .fallback = "64",
                    .about = "Length of the payload that the frame announces.",
                    .lowest = 1,
                    .highest = std::int64_t{16} * 1024 * 1024},
                   {.name = "sent",
                    .type = Type::size,
                    .fallback = "20",
                    .about = "How many bytes of the frame are sent, its head (2, 4 or 10) "
                             "included; at most all but the last.",
                    .lowest = 1,
                    .highest = std::int64_t{16} * 1024 * 1024},
                   ending_parameter()},
    .acts = acts,
};

}  // namespace halfopen::faults
