#include "capture/pcapng.h"

#include <algorithm>

namespace halfopen::capture {
namespace {

// Section numbers are those of draft-ietf-opsawg-pcapng.
enum BlockType : std::uint32_t {
  section_block = 0x0a0d0d0a,
  interface_block = 1,
  name_block = 4,
  statistics_block = 5,
  packet_block = 6,
  secrets_block = 10,
};
constexpr std::uint32_t byte_order_magic = 0x1a2b3c4d;
constexpr std::uint64_t unknown_length = ~std::uint64_t{0};
constexpr std::uint16_t linktype_raw = 101;
constexpr std::uint32_t tls_key_log = 0x544c534b;
constexpr std::uint8_t nanoseconds = 9;  ///< if_tsresol: the negative power of ten.
constexpr std::uint16_t name_of_ipv4 = 1;
constexpr std::uint16_t name_of_ipv6 = 2;

enum Option : std::uint16_t {
  comment = 1,
  application = 4,       // of a section
  name = 2,              // of an interface …
  description = 3,       //
  time_resolution = 9,   //
  flags = 2,             // of a packet
  start_time = 2,        // of statistics …
  end_time = 3,          //
  received_packets = 4,  //
  dropped_packets = 5,   //
};

std::string_view first_bytes(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0U) == 0x80U) --most;
  return text.substr(0, most);
}

/// Puts a block together: its body, then the options, then the two lengths around it.
class Block {
 public:
  explicit Block(BlockType type) {
    number32(type);
    number32(0);  // the length, once it is known
  }

  void number8(std::uint8_t value) { bytes_.push_back(value); }
  void number16(std::uint16_t value) { number(value, 2); }
  void number32(std::uint32_t value) { number(value, 4); }
  void number64(std::uint64_t value) { number(value, 8); }
  /// A time, or the value of an option that is one: its upper half comes first.
  void time(Duration since_1970) {
    const auto value = static_cast<std::uint64_t>(since_1970.count());
    number32(static_cast<std::uint32_t>(value >> 32));
    number32(static_cast<std::uint32_t>(value));
  }
  /// And zeros up to a multiple of four bytes.
  void padded(ByteView value) {
    append(bytes_, value);
    bytes_.resize((bytes_.size() + 3) / 4 * 4);
  }

  void head_of_option(Option code, std::size_t length) {
    has_options_ = true;
    number16(code);
    number16(static_cast<std::uint16_t>(length));
  }
  void text_option(Option code, std::string_view text) {
    if (text.empty()) return;
    const std::string_view value = first_bytes(text, longest_option);
    head_of_option(code, value.size());
    padded(as_bytes(value));
  }
  void number64_option(Option code, std::uint64_t value) {
    head_of_option(code, 8);
    number64(value);
  }
  void time_option(Option code, Duration since_1970) {
    head_of_option(code, 8);
    time(since_1970);
  }

  [[nodiscard]] Bytes whole() {
    if (has_options_) number32(0);  // opt_endofopt
    const auto length = static_cast<std::uint32_t>(bytes_.size() + 4);
    number32(length);
    for (std::size_t i = 0; i < 4; ++i)
      bytes_[4 + i] = static_cast<std::uint8_t>(length >> (8 * i));
    return std::move(bytes_);
  }

 private:
  void number(std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) bytes_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  }

  Bytes bytes_;
  bool has_options_ = false;
};

bool is_name(const std::string& name) {
  return !name.empty() && name.find('\0') == std::string::npos;
}

void add_record(Block& block, const Name& known) {
  Bytes value = known.address;
  const std::size_t without = value.size();
  for (const std::string& each : known.names) {
    if (!is_name(each) || value.size() + each.size() + 1 > longest_option) continue;
    append(value, each);
    value.push_back(0);
  }
  if (value.size() == without) return;
  block.number16(without == 4 ? name_of_ipv4 : name_of_ipv6);
  block.number16(static_cast<std::uint16_t>(value.size()));
  block.padded(value);
}

}  // namespace

Bytes section_header(const Section& section) {
  Block block(section_block);
  block.number32(byte_order_magic);
  block.number16(1);  // version 1.0
  block.number16(0);
  block.number64(unknown_length);
  block.text_option(comment, section.comment);
  block.text_option(application, section.application);
  return block.whole();
}

Bytes interface_description(const Interface& interface) {
  Block block(interface_block);
  block.number16(linktype_raw);
  block.number16(0);
  block.number32(0);  // packets may be kept whole
  block.text_option(name, interface.name);
  block.text_option(description, interface.description);
  block.head_of_option(time_resolution, 1);
  block.padded(Bytes{nanoseconds});
  return block.whole();
}

Bytes packet(const Packet& packet) {
  Block block(packet_block);
  block.number32(packet.interface);
  block.time(packet.at);
  block.number32(static_cast<std::uint32_t>(packet.bytes.size()));
  block.number32(static_cast<std::uint32_t>(packet.size));
  block.padded(packet.bytes);
  for (const std::string& each : packet.comments) block.text_option(comment, each);
  block.head_of_option(flags, 4);
  block.number32(static_cast<std::uint32_t>(packet.way));
  return block.whole();
}

Bytes name_resolution(std::span<const Name> names) {
  Block block(name_block);
  for (const Name& each : names)
    if (each.address.size() == 4 || each.address.size() == 16) add_record(block, each);
  block.number32(0);  // nrb_record_end
  return block.whole();
}

Bytes tls_secrets(std::string_view key_log) {
  Block block(secrets_block);
  block.number32(tls_key_log);
  block.number32(static_cast<std::uint32_t>(key_log.size()));
  block.padded(as_bytes(key_log));
  return block.whole();
}

Bytes interface_statistics(const Statistics& statistics) {
  Block block(statistics_block);
  block.number32(statistics.interface);
  block.time(statistics.ended);
  block.text_option(comment, statistics.comment);
  block.time_option(start_time, statistics.began);
  block.time_option(end_time, statistics.ended);
  block.number64_option(received_packets, statistics.received);
  block.number64_option(dropped_packets, statistics.dropped);
  return block.whole();
}

}  // namespace halfopen::capture
