#include <array>
#include <utility>

#include "faults/arguments.h"
#include "faults/fault.h"
#include "ws/deflate.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

// DEFLATE data that no encoder makes (RFC 1951, section 3.2), with the sync marker taken off.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> mistakes{{
    // BFINAL 0 and BTYPE 11, which is reserved.
    {"block-type", std::string_view("\x06", 1)},
    // A stored block of five bytes, whose NLEN is not the complement of its LEN.
    {"stored-length", std::string_view("\x00\x05\x00\x05\x00Hello\x00", 11)},
    // Fixed codes: "a", and then three bytes from 32768 bytes before it.
    {"too-far-back", std::string_view("\x4a\x04\xde\xff\x0f\x00", 6)},
    // Dynamic codes for 288 symbols, of which there are 286.
    {"codes", std::string_view("\xfc\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x00", 12)},
    {"not-compressed", "Hello, I am no DEFLATE data"},
}};

std::vector<Act> acts(const Arguments& arguments) {
  const std::string& mistake = argument<std::string>(arguments, "mistake");
  Bytes bytes;
  for (const auto& [name, payload] : mistakes)
    if (name == mistake) ws::encode(bytes, {.opcode = 1, .rsv = ws::rsv1}, as_bytes(payload));
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_broken_deflate = {
    .name = "broken-deflate",
    .layer = Layer::frame,
    .about = "Sends a compressed message whose payload cannot be decompressed.",
    .background =
        "A proxy that changes payloads, or a server that mixes up the windows of two "
        "connections.",
    .correct = "Fails the connection with 1007 or 1002, and delivers nothing of it.",
    .source = "RFC 7692, section 7.2.2; RFC 1951, section 3.2; RFC 6455, section 7.4.1",
    .parameters = {{.name = "mistake",
                    .fallback = "block-type",
                    .about = "A reserved block type, a stored block whose lengths disagree, a "
                             "reference to before the beginning, impossible codes, or plain text.",
                    .choices = {"block-type", "stored-length", "too-far-back", "codes",
                                "not-compressed"}}},
    .acts = acts,
    .fails_with = {1007, 1002},
    .needs_deflate = true,
};

}  // namespace halfopen::faults
