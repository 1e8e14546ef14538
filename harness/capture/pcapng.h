// The blocks of a pcapng file, as bytes: PCAP Now Generic Capture File Format,
// draft-ietf-opsawg-pcapng. Little-endian, on every machine. Nothing is read or written here.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"

namespace halfopen::capture {

/// The longest value of an option: its length has 16 bits. Longer text is cut, not in the middle of
/// a character of UTF-8.
inline constexpr std::size_t longest_option = 65'535;

/// What a section header says of the file: the first block (section 4.1).
struct Section {
  std::string application;  ///< "halfopen 1.0.0"
  std::string comment;      ///< "" for none.
};
[[nodiscard]] Bytes section_header(const Section& section);

/// Where packets were seen (section 4.2). The first one in a file is number 0, and so on. Its
/// packets begin with an IPv4 or IPv6 header (LINKTYPE_RAW), and their times are in nanoseconds.
struct Interface {
  std::string name;
  std::string description;  ///< "" for none.
};
[[nodiscard]] Bytes interface_description(const Interface& interface);

/// Which way a packet went, as whoever has that interface sees it (section 4.3.1).
enum class Way : std::uint8_t { in = 1, out = 2 };

/// A packet (section 4.3).
struct Packet {
  std::uint32_t interface = 0;
  Duration at{};         ///< Since 1970 (UTC); not before.
  ByteView bytes{};      ///< What is kept of it.
  std::size_t size = 0;  ///< What it had on the wire: not less.
  Way way = Way::in;
  std::vector<std::string> comments{};
};
[[nodiscard]] Bytes packet(const Packet& packet);

/// What an address of 4 or 16 bytes is called (section 4.5).
struct Name {
  Bytes address;
  std::vector<std::string> names;
};
/// Addresses of other lengths, and those without names, are left out; and names that are empty or
/// have a zero byte.
[[nodiscard]] Bytes name_resolution(std::span<const Name> names);

/// Secrets of TLS connections, lines of NSS's key log (section 4.7, "TLSK").
[[nodiscard]] Bytes tls_secrets(std::string_view key_log);

/// What became of an interface's packets (section 4.6).
struct Statistics {
  std::uint32_t interface = 0;
  Duration began{};            ///< Since 1970 (UTC); not before.
  Duration ended{};            ///< The same.
  std::uint64_t received = 0;  ///< All that there were.
  std::uint64_t dropped = 0;   ///< Those of them that the file does not have.
  std::string comment{};       ///< "" for none.
};
[[nodiscard]] Bytes interface_statistics(const Statistics& statistics);

}  // namespace halfopen::capture
