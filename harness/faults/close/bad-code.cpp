#include "faults/arguments.h"
#include "faults/fault.h"
#include "ws/close_code.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& arguments) {
  const auto code = argument<std::int64_t>(arguments, "code");
  if (ws::may_be_sent(static_cast<int>(code)))
    throw Error("send a bad Close code",
                std::to_string(code) + " may be sent: write close = " + std::to_string(code));
  const Bytes payload{static_cast<std::uint8_t>(code >> 8), static_cast<std::uint8_t>(code & 0xff)};
  Bytes bytes;
  ws::encode(bytes, {.opcode = 8}, payload);
  return {{Act::Kind::close, bytes}};
}

}  // namespace

extern const Fault close_bad_code = {
    .name = "bad-code",
    .layer = Layer::close,
    .about = "Sends a Close frame with a code that may not be sent.",
    .background =
        "A server that makes up its own numbers, or puts on the wire what is for reports only.",
    .correct =
        "Fails the connection with 1002, and does not hand that code to the application as clean.",
    .source = "RFC 6455, sections 7.4.1 and 7.4.2",
    .parameters = {{.name = "code",
                    .type = Type::count,
                    .fallback = "1005",
                    .about =
                        "The code: 0 to 999, 1004 to 1006, 1015, 1016 to 2999, or 5000 and more.",
                    .highest = 65535}},
    .acts = acts,
    .fails_with = {1002},
};

}  // namespace halfopen::faults
