#include "faults/arguments.h"
#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& arguments) {
  const std::string& what = argument<std::string>(arguments, "by");
  const Bytes going_away{0x03, 0xe9};
  Bytes bytes;
  ws::encode(bytes, {.opcode = 8}, going_away);
  if (what == "data") ws::encode(bytes, {.opcode = 1}, as_bytes("too late"));
  if (what == "ping") ws::encode(bytes, {.opcode = 9}, as_bytes("too late"));
  if (what == "close") ws::encode(bytes, {.opcode = 8}, Bytes{0x03, 0xe8});
  return {{Act::Kind::close, bytes}};
}

}  // namespace

extern const Fault close_followed = {
    .name = "followed",
    .layer = Layer::close,
    .about = "Sends Close 1001, and at once something more behind it.",
    .background = "A server whose other thread still writes after the Close.",
    .correct = "Answers the Close, and ignores what follows it.",
    .source = "RFC 6455, sections 1.4 and 5.5.1",
    .parameters = {{.name = "by",
                    .fallback = "data",
                    .about =
                        "What follows: a text message (data), a ping or a second Close with 1000.",
                    .choices = {"data", "ping", "close"}}},
    .acts = acts,
};

}  // namespace halfopen::faults
