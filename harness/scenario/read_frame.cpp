// `frame = {…}`: one WebSocket frame with anything wrong about it.
#include <fmt/format.h>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

constexpr int highest_opcode = 15;
constexpr int highest_rsv = 7;
// RFC 6455, section 5.2: what a 7-bit and a 16-bit length can say.
constexpr std::uint64_t longest_7_bit = 125;
constexpr std::uint64_t longest_16_bit = 65535;

std::optional<int> as_opcode(const Node& node, const KeySite& at) {
  if (node.get<std::string>() == nullptr) return as_whole{0, highest_opcode}(node, at);
  constexpr int opcodes[] = {0, 1, 2, 8, 9, 10};
  const auto word =
      as_word{{"continuation", "text", "binary", "close", "ping", "pong"}, "opcode"}(node, at);
  if (!word) return std::nullopt;
  return opcodes[*word];
}

std::optional<int> as_length_bits(const Node& node, const KeySite& at) {
  const auto* bits = node.get<std::int64_t>();
  if (bits == nullptr || (*bits != 7 && *bits != 16 && *bits != 64)) return at.wrong_type(node);
  return static_cast<int>(*bits);
}

void check_length(const TableReader& table, const FrameStep& frame) {
  const std::uint64_t length = frame.declared_length.value_or(frame.payload.size());
  const std::uint64_t longest = frame.length_bits == 7    ? longest_7_bit
                                : frame.length_bits == 16 ? longest_16_bit
                                                          : length;
  if (length > longest)
    table.problems().add(table.place_of("length_bits"),
                         fmt::format("a length of {} does not fit into {} bits (at most {})",
                                     length, frame.length_bits, longest));
}

}  // namespace

FrameStep read_frame(const TableReader& table) {
  FrameStep frame;
  table.into(frame.opcode, "opcode", as_opcode);
  table.into(frame.fin, "fin", as_flag);
  table.into(frame.rsv, "rsv", as_whole{0, highest_rsv});
  table.into(frame.masked, "masked", as_flag);
  table.into(frame.length_bits, "length_bits", as_length_bits);
  table.into(frame.declared_length, "declared_length", as_size);
  if (const auto text = table.read("payload", as_text)) append(frame.payload, *text);
  if (auto bytes = table.read("payload_hex", as_hex)) frame.payload = *std::move(bytes);
  if (table.has("payload")) table.refuse({"payload_hex"}, "cannot stand beside `payload`");
  check_length(table, frame);
  return frame;
}

}  // namespace halfopen::scenario
