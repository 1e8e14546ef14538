// IP addresses and endpoints, as plain comparable values: cheap enough to make for every packet.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.h"

namespace halfopen::link {

struct Address {
  int version = 4;                        ///< 4 or 6
  std::array<std::uint8_t, 16> octets{};  ///< Network order; IPv4 uses the first four.

  auto operator<=>(const Address&) const = default;  // NOLINT(modernize-use-nullptr)

  /// The 4 or 16 bytes that are in use; valid as long as the address.
  [[nodiscard]] ByteView bytes() const { return {octets.data(), version == 4 ? 4U : 16U}; }
};
/// "192.0.2.10", "2001:db8::1"
[[nodiscard]] std::string format(const Address& address);
/// Reads what format writes; nothing if it is no address.
[[nodiscard]] std::optional<Address> read_address(const std::string& text);

struct Endpoint {
  Address address;
  std::uint16_t port = 0;

  auto operator<=>(const Endpoint&) const = default;  // NOLINT(modernize-use-nullptr)
};
/// "192.0.2.10:443", "[2001:db8::1]:443"
[[nodiscard]] std::string format(const Endpoint& endpoint);

}  // namespace halfopen::link
