#include "scenario/libraries.h"

#include <fmt/format.h>
#include <toml++/impl/version.h>

#include <nlohmann/json_fwd.hpp>

namespace halfopen::scenario {

std::vector<Library> libraries() {
  return {{"toml++", fmt::format("{}.{}.{}", TOML_LIB_MAJOR, TOML_LIB_MINOR, TOML_LIB_PATCH)},
          {"nlohmann/json", fmt::format("{}.{}.{}", NLOHMANN_JSON_VERSION_MAJOR,
                                        NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH)}};
}

}  // namespace halfopen::scenario
