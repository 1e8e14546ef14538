// The version of libuv that is loaded.
#pragma once

#include <vector>

#include "base/library.h"

namespace halfopen::io {

[[nodiscard]] std::vector<Library> libraries();

}  // namespace halfopen::io
