// The libraries that halfopen is made of. Each folder that is the home of some (harness/README.md)
// names them in its libraries.h.
#pragma once

#include <string>
#include <vector>

namespace halfopen {

struct Library {
  std::string name;
  std::string version;
};

/// fmt. RE2, the other one of this folder, does not tell its version.
[[nodiscard]] std::vector<Library> base_libraries();

}  // namespace halfopen
