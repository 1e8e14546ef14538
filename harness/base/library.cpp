#include "base/library.h"

#include <fmt/format.h>

namespace halfopen {

std::vector<Library> base_libraries() {
  return {{"fmt", fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100,
                              FMT_VERSION % 100)}};
}

}  // namespace halfopen
