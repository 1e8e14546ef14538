#include <array>
#include <utility>

#include "faults/arguments.h"
#include "faults/fault.h"
#include "ws/deflate.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

// "Hello" in all the ways of RFC 7692, section 7.2.3, and nothing at all (section 7.2.3.6).
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> shapes{{
    {"stored", std::string_view("\x00\x05\x00\xfa\xffHello\x00", 11)},
    {"final", std::string_view("\xf3\x48\xcd\xc9\xc9\x07\x00\x00", 8)},
    {"two-blocks", std::string_view("\xf2\x48\x05\x00\x00\x00\xff\xff\xca\xc9\xc9\x07\x00", 13)},
    {"bytewise", std::string_view("\xf2\x48\xcd\xc9\xc9\x07\x00", 7)},
    {"empty", std::string_view("\x00", 1)},
}};

Bytes in_fragments(std::string_view payload, std::size_t size) {
  Bytes bytes;
  for (std::size_t at = 0; at < payload.size(); at += size) {
    const bool first = at == 0;
    ws::encode(bytes,
               {.opcode = static_cast<std::uint8_t>(first ? 1 : 0),
                .fin = at + size >= payload.size(),
                .rsv = static_cast<std::uint8_t>(first ? ws::rsv1 : 0)},
               as_bytes(payload.substr(at, size)));
  }
  return bytes;
}

std::vector<Act> acts(const Arguments& arguments) {
  const std::string& shape = argument<std::string>(arguments, "shape");
  Bytes bytes;
  for (const auto& [name, payload] : shapes)
    if (name == shape) bytes = in_fragments(payload, name == "bytewise" ? 1 : payload.size());
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_unusual_deflate = {
    .name = "unusual-deflate",
    .layer = Layer::frame,
    .about = "Sends a message that is compressed in a way few servers choose, and that is right.",
    .background = "Another compressor than zlib, or one that is flushed at other moments.",
    .correct = "Goes on: the message arrives whole, once.",
    .source = "RFC 7692, sections 7.2.1 and 7.2.3",
    .parameters = {{.name = "shape",
                    .fallback = "stored",
                    .about =
                        "\"Hello\" in a block that is not compressed (stored), in one that says "
                        "it is the last (final), in two blocks, or in fragments of one byte "
                        "(bytewise); or a message without any text (empty).",
                    .choices = {"stored", "final", "two-blocks", "bytewise", "empty"}}},
    .acts = acts,
    .needs_deflate = true,
};

}  // namespace halfopen::faults
