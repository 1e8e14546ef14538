// The page of the docs that lists every key of the scenario language, from the keys' own
// descriptions.
#pragma once

#include <string>

namespace halfopen::scenario {

/// scenarios/KEYS.md.
[[nodiscard]] std::string key_page();

}  // namespace halfopen::scenario
