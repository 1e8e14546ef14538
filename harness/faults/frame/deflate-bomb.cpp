#include "faults/arguments.h"
#include "faults/fault.h"
#include "ws/deflate.h"
#include "ws/deflate_stream.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

constexpr std::int64_t mebibyte = std::int64_t{1024} * 1024;
/// What a compressed message leaves out at its end, and needs in front of the next one's data.
constexpr std::string_view sync_marker("\x00\x00\xff\xff", 4);

// The same mebibyte over and over: each is compressed without the others, so it is made only once.
std::vector<Act> acts(const Arguments& arguments) {
  const std::int64_t count = argument<std::int64_t>(arguments, "size") / mebibyte;
  ws::Compressor compressor(ws::Deflate::least_bits, false);
  const Bytes unit = compressor.compress(Bytes(static_cast<std::size_t>(mebibyte), 'x'));
  Bytes payload;
  for (std::int64_t i = 0; i < count; ++i) {
    if (i > 0) append(payload, sync_marker);
    append(payload, unit);
  }
  Bytes bytes;
  ws::encode(bytes, {.opcode = 1, .rsv = ws::rsv1}, payload);
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_deflate_bomb = {
    .name = "deflate-bomb",
    .layer = Layer::frame,
    .about = "Sends a small compressed message that is huge when it is decompressed.",
    .background = "A peer that wants the client's memory, at a thousandth of the price.",
    .correct =
        "Fails the connection with 1009 once what it has decompressed is over its limit; its "
        "memory stays bounded.",
    .source = "RFC 7692, section 8; RFC 6455, sections 7.4.1 and 10.4",
    .parameters = {{.name = "size",
                    .type = Type::size,
                    .fallback = "128MiB",
                    .about = "How large it is decompressed, in whole MiB; the rest is left out.",
                    .lowest = mebibyte,
                    .highest = 4096 * mebibyte}},
    .acts = acts,
    .fails_with = {1009},
    .needs_deflate = true,
};

}  // namespace halfopen::faults
