// The versions of llhttp, and of the zlib that is loaded.
#pragma once

#include <vector>

#include "base/library.h"

namespace halfopen::ws {

[[nodiscard]] std::vector<Library> libraries();

}  // namespace halfopen::ws
