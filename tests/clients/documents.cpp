// What is written down about the reference client: every mutant has its line.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "reference/policy.h"

namespace {

/// The first group of every match of `pattern` in a file of clients/.
std::set<std::string> names_in(const std::string& file, const std::string& pattern) {
  std::ifstream stream(SOURCE_DIR "/clients/" + file);
  REQUIRE(stream);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  const std::regex regex(pattern);
  std::set<std::string> names;
  for (std::sregex_iterator it(text.begin(), text.end(), regex), end; it != end; ++it) {
    names.insert((*it)[1]);
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
  CHECK(names_in("reference/client.toml", R"((?:^|\n)([a-z0-9-]+) = \{ about)") == mutants());
  CHECK(names_in("reference/client.toml", R"("--policy", "([^"]+)\")") == mutants());
}

TEST_CASE("the README has a line for each mutant") {
  const std::set<std::string> rows = names_in("README.md", R"(\n\| `([a-z0-9-]+)` \| )");
  for (const std::string& name : mutants()) {
    INFO(name);
    CHECK(rows.contains(name));
  }
}
