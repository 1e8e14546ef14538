// The versions of toml++ and nlohmann/json.
#pragma once

#include <vector>

#include "base/library.h"

namespace halfopen::scenario {

[[nodiscard]] std::vector<Library> libraries();

}  // namespace halfopen::scenario
