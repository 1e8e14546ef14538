#include "report/libraries.h"

#include <fmt/format.h>

#include <pugixml.hpp>

namespace halfopen::report {

std::vector<Library> libraries() {
  return {{"pugixml", fmt::format("{}.{}", PUGIXML_VERSION / 1000, PUGIXML_VERSION / 10 % 100)}};
}

}  // namespace halfopen::report
