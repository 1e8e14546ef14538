// A record of TLS that nobody has encrypted, for faults of an open connection.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"

namespace halfopen::faults {

/// Says that it is application data (RFC 8446, section 5.2), of so many bytes: at most 65535.
[[nodiscard]] inline Bytes unencrypted_record(std::int64_t length) {
  constexpr std::uint8_t application_data = 23;
  Bytes record{application_data, 3, 3, static_cast<std::uint8_t>(length >> 8),
               static_cast<std::uint8_t>(length & 0xff)};
  record.resize(record.size() + static_cast<std::size_t>(length), 0x5a);
  return record;
}

}  // namespace halfopen::faults
