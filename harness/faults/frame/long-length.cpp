#include "faults/arguments.h"
#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& arguments) {
  const bool widest = argument<std::string>(arguments, "bits") == "64";
  Bytes bytes;
  ws::encode(bytes, {.opcode = 1, .length_bits = widest ? 64 : 16}, as_bytes("hello"));
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_long_length = {
    .name = "long-length",
    .layer = Layer::frame,
    .about = "Sends a text message whose length stands in a wider field than it needs.",
    .background = "A hand-written encoder that always takes the widest length field.",
    .correct =
        "Fails the connection with 1002: the minimal number of bytes must be used. Many clients "
        "let it pass.",
    .source = "RFC 6455, section 5.2",
    .parameters = {{.name = "bits",
                    .fallback = "16",
                    .about = "The width of the field: 16 or 64 bits.",
                    .choices = {"16", "64"}}},
    .acts = acts,
    .fails_with = {1002},
};

}  // namespace halfopen::faults
