// What is written down about the reference client: every mutant has its line.
#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <string>

#include "reference/policy.h"
#include "support/places.h"

namespace {

/// What stands between `before` and `after` in each line of a file of clients/ that has both.
std::set<std::string> names_in(const std::string& file, const std::string& before,
                               const std::string& after) {
  std::ifstream stream(halfopen::tests::in_tree("clients/" + file));
  REQUIRE(stream);
  std::set<std::string> names;
  for (std::string line; std::getline(stream, line);) {
    const std::size_t begin = line.find(before);
    if (begin == std::string::npos) continue;
    const std::size_t end = line.find(after, begin + before.size());
    if (end != std::string::npos) {
      names.insert(line.substr(begin + before.size(), end - begin - before.size()));
    }
  }
  return names;
}

std::set<std::string> mutants() {
  std::set<std::string> names;
  for (const auto& [name, policy] : reference::policies()) names.insert(name);
  names.erase("good");
  return names;
}

}  // namespace

TEST_CASE("client.toml has a variant for each mutant and no other") {
  CHECK(names_in("reference/client.toml", "", " = { about") == mutants());
  CHECK(names_in("reference/client.toml", R"("--policy", ")", "\"]") == mutants());
}

TEST_CASE("the README has a line for each mutant") {
  const std::set<std::string> rows = names_in("README.md", "| `", "` |");
  for (const std::string& name : mutants()) {
    INFO(name);
    CHECK(rows.contains(name));
  }
}
