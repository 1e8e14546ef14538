#include "support/places.h"

namespace halfopen::tests {

std::string in_tree(const std::string& path) {
  return path.empty() ? SOURCE_DIR : SOURCE_DIR "/" + path;
}
std::string in_build(const std::string& path) { return BINARY_DIR "/" + path; }

}  // namespace halfopen::tests
