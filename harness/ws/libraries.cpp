#include "ws/libraries.h"

#include <fmt/format.h>
#include <llhttp.h>
#include <zlib.h>

namespace halfopen::ws {

std::vector<Library> libraries() {
  return {{"llhttp", fmt::format("{}.{}.{}", LLHTTP_VERSION_MAJOR, LLHTTP_VERSION_MINOR,
                                 LLHTTP_VERSION_PATCH)},
          {"zlib", zlibVersion()}};
}

}  // namespace halfopen::ws
