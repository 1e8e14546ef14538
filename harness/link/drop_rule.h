// Deterministic losses: "syn 1-3", "down data 5 x3", "up fin".
#pragma once

#include <string_view>

#include "base/units.h"
#include "link/identity.h"
#include "link/settings.h"

namespace halfopen::link {

/// Reads `[up|down] (syn|syn-ack|data|ack|fin|rst|any) [N|N-M] [xK]`. Without a number it means
/// all of that kind; xK is for data only, and means that the first K transmissions are lost.
[[nodiscard]] Parsed<DropRule> parse_drop_rule(std::string_view text);

/// Whether the rule drops that unit. A rule that names no direction means the one in which the
/// kind is sent first: syn, data and ack go up, syn-ack down; fin, rst and any match both ways.
/// `any N` counts all units as they come, so that (other than for every other kind) the timing of
/// ACKs has a say in what it hits.
[[nodiscard]] bool matches(const DropRule& rule, Direction direction, const Identity& identity);

}  // namespace halfopen::link
