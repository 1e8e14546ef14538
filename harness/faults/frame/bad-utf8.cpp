#include "faults/arguments.h"
#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

// U+20AC, the euro sign, with its last byte gone or spoilt.
std::vector<Act> acts(const Arguments& arguments) {
  const std::string& where = argument<std::string>(arguments, "where");
  Bytes bytes;
  if (where == "whole") {
    ws::encode(bytes, {.opcode = 1}, as_bytes("caf\xe9"));
  } else if (where == "split") {
    ws::encode(bytes, {.opcode = 1, .fin = false}, as_bytes("\xe2\x82"));
    ws::encode(bytes, {.opcode = 0}, as_bytes("x"));
  } else if (where == "cut") {
    ws::encode(bytes, {.opcode = 1}, as_bytes("5 \xe2\x82"));
  } else {
    // A client that checks as it reads finds out before the end.
    ws::encode(bytes, {.opcode = 1, .fin = false}, as_bytes("\xff"));
    ws::encode(bytes, {.opcode = 0}, as_bytes("and so on"));
  }
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_bad_utf8 = {
    .name = "bad-utf8",
    .layer = Layer::frame,
    .about = "Sends a text message that is not UTF-8.",
    .background = "Text in another encoding, or a message cut within a character.",
    .correct = "Fails the connection with 1007, and never delivers the text.",
    .source = "RFC 6455, sections 5.6 and 8.1",
    .parameters = {{.name = "where",
                    .fallback = "whole",
                    .about = "In one frame (whole), in the first of two fragments (first), across "
                             "both (split), or cut off at the end (cut).",
                    .choices = {"whole", "first", "split", "cut"}}},
    .acts = acts,
    .fails_with = {1007},
};

}  // namespace halfopen::faults
