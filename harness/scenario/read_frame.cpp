// `frame = {…}`: one WebSocket frame with anything wrong about it.
#include <fmt/format.h>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

// RFC 6455, section 5.2: what a 7-bit and a 16-bit length can say.
constexpr std::uint64_t longest_7_bit = 125;
constexpr std::uint64_t longest_16_bit = 65535;

std::optional<int> as_opcode(const Node& node, const KeySite& at) {
  if (node.get<std::string>() == nullptr) return as_whole{0, 15}(node, at);
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

std::optional<Bytes> as_payload(const Node& node, const KeySite& at) {
  const auto text = as_text(node, at);
  if (!text) return std::nullopt;
  Bytes bytes;
  append(bytes, *text);
  return bytes;
}

const Form<int> opcode{"a name or a number from 0 to 15",
                       shape::Either{{shape::Text{}, shape::Whole{0, 15}}}, as_opcode};
const Form<int> length_bits{"7, 16 or 64", shape::Numbers{{7, 16, 64}}, as_length_bits};
const Form<Bytes> payload{"a string", shape::Text{}, as_payload};

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

const SectionOf<FrameStep> sections::frame{
    "frame = {…}",
    {{"opcode", opcode, "3", &FrameStep::opcode},
     {"fin", form::flag, "false", &FrameStep::fin},
     {"rsv", form::whole(0, 7), "4", &FrameStep::rsv},
     {"masked", form::flag, "true", &FrameStep::masked},
     {"length_bits", length_bits, "64", &FrameStep::length_bits},
     {"declared_length", form::size, "65536", &FrameStep::declared_length},
     {"payload", payload, "\"hello\"", &FrameStep::payload},
     {"payload_hex", form::hex, "\"c3 28\"", &FrameStep::payload}}};

FrameStep read_frame(const TableReader& table) {
  FrameStep frame;
  sections::frame.read(table, frame);
  if (table.has("payload")) table.refuse({"payload_hex"}, "cannot stand beside `payload`");
  check_length(table, frame);
  return frame;
}

}  // namespace halfopen::scenario
