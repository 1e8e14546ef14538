// Every kind of mistake in a scenario, with the whole text of what is said about it: each
// mistakes/NAME.toml has its diagnostics in mistakes/NAME.txt.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "scenario/files.h"
#include "scenario/loader.h"
#include "support/places.h"

using namespace halfopen;

namespace {

const std::string folder = tests::in_tree("tests/scenario/mistakes/");

std::vector<std::string> cases() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::string said_about(const std::string& text, const std::string& file) {
  std::string said;
  for (const Diagnostic& diagnostic : scenario::load_scenario(text, file).diagnostics)
    said += render(diagnostic, text) + "\n";
  return said;
}

}  // namespace

TEST_CASE("every mistake is told with its place and its remedy") {
  const auto names = cases();
  REQUIRE(names.size() > 40);
  for (const std::string& name : names) {
    const std::string text = scenario::read_file(folder + name + ".toml");
    const std::string expected = scenario::read_file(folder + name + ".txt");
    CAPTURE(name);
    CHECK_FALSE(expected.empty());
    CHECK(said_about(text, name + ".toml") == expected);
  }
}

TEST_CASE("a scenario with a mistake has no value, and its diagnostics are in order") {
  const auto loaded = scenario::load_scenario(
      "about = \"A test.\"\n[expect]\nwaive = [\"x\"]\nattempts = \"x\"\nopen = 1\n", "x.toml");
  CHECK_FALSE(loaded.value);
  REQUIRE(loaded.diagnostics.size() == 3);
  CHECK(loaded.diagnostics[0].place.line == 3);
  CHECK(loaded.diagnostics[1].place.line == 4);
  CHECK(loaded.diagnostics[2].place.line == 5);
}

TEST_CASE("every prefix of a scenario is either loaded or reported, and never crashes") {
  const std::string text = scenario::read_file(tests::in_tree("scenarios/packet-loss/bursts.toml"));
  for (std::size_t length = 0; length <= text.size(); ++length) {
    const auto loaded = scenario::load_scenario(text.substr(0, length), "x.toml");
    CHECK(loaded.value.has_value() == loaded.diagnostics.empty());
  }
}
