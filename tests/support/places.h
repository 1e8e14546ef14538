// Where the source tree and the build lie. The one file of the tests that has their paths compiled
// in, so that a compiler cache serves every other one to any checkout.
#pragma once

#include <string>

namespace halfopen::tests {

/// The checkout, or a path below it: in_tree("scenarios"). Functions, so that the constants of
/// other files may use them.
[[nodiscard]] std::string in_tree(const std::string& path = "");
/// The build that the test belongs to, or a path below it: in_build("halfopen").
[[nodiscard]] std::string in_build(const std::string& path = "");

}  // namespace halfopen::tests
