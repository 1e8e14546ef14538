#include "support/places.h"

namespace halfopen::tests {

namespace {

std::string below(const std::string& folder, const std::string& path) {
  return path.empty() ? folder : folder + "/" + path;
}

}  // namespace

std::string in_tree(const std::string& path) { return below(SOURCE_DIR, path); }
std::string in_build(const std::string& path) { return below(BINARY_DIR, path); }

}  // namespace halfopen::tests
