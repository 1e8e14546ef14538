// The version of pugixml.
#pragma once

#include <vector>

#include "base/library.h"

namespace halfopen::report {

[[nodiscard]] std::vector<Library> libraries();

}  // namespace halfopen::report
