// What a Receiver made of some bytes, as lines of text that can be compared.
#pragma once

#include <string>
#include <vector>

#include "support/hex.h"
#include "ws/frame.h"

namespace halfopen::ws {

using tests::from_hex;
using Lines = std::vector<std::string>;

/// Feeds `pieces` one after the other. One line per frame ("frame text fin 5"), per message
/// ("text Hello", "close 1000 bye") and for the violation ("violation 1002 masked"), and a last
/// one for data after the Close ("data after close").
[[nodiscard]] Lines received(Role role, const std::vector<ByteView>& pieces,
                             std::size_t limit = 1 << 20,
                             const std::optional<Inflation>& inflation = {});
[[nodiscard]] Lines received(Role role, ByteView bytes, std::size_t limit = 1 << 20);

}  // namespace halfopen::ws
