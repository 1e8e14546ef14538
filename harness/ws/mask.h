// Masking of payloads (RFC 6455, section 5.3).
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace halfopen::ws {

/// In the order of the wire.
using MaskingKey = std::array<std::uint8_t, 4>;

/// Masks what is plain, and unmasks what is masked. `offset`: how much of the payload lies before
/// `bytes`.
void mask(std::span<std::uint8_t> bytes, const MaskingKey& key, std::uint64_t offset);

}  // namespace halfopen::ws
