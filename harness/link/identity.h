// What a unit is, apart from when it came. Every random decision is keyed by this and by nothing
// else, so that neither the scheduler nor other traffic moves it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "link/settings.h"

namespace halfopen::link {

struct Identity {
  int attempt = 0;  ///< 0: belongs to no attempt.
  DropRule::Kind kind = DropRule::Kind::data;
  std::uint64_t position = 0;  ///< Data: stream offset of its first byte when first sent.
  int nth = 1;                 ///< 1: first transmission.
  /// Data: the how-manieth first transmission of its attempt and direction, from 1 (a
  /// retransmission has that of its original, or 0 if that is forgotten). Others: the how-manieth
  /// of its kind, from 1.
  int ordinal = 0;
  int fin = 0;    ///< Carries a FIN, alone or behind data: the how-manieth, from 1; else 0.
  int count = 0;  ///< The how-manieth unit of its attempt and direction, of whatever kind, from 1.
};

/// Where the unit stands among those of its kind: data by its position in the stream, others by
/// their ordinal. Together with kind and nth this is the unit's key.
[[nodiscard]] inline std::uint64_t place_of(const Identity& identity) {
  return identity.kind == DropRule::Kind::data ? identity.position
                                               : static_cast<std::uint64_t>(identity.ordinal);
}

struct Unit {
  Identity identity;
  std::size_t size = 0;  ///< Bytes on the wire.
};

}  // namespace halfopen::link
