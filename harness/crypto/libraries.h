// The version of OpenSSL that is loaded.
#pragma once

#include <vector>

#include "base/library.h"

namespace halfopen::crypto {

[[nodiscard]] std::vector<Library> libraries();

}  // namespace halfopen::crypto
