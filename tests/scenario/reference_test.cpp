// scenarios/README.md and the pages beside it are the reference of the scenario language: they must
// name every key, every invariant, and their examples must be right.
#include <catch2/catch.hpp>
#include <cctype>
#include <string>
#include <string_view>

#include "scenario/files.h"
#include "scenario/invariants.h"
#include "scenario/key_page.h"
#include "scenario/keys.h"
#include "scenario/loader.h"
#include "support/places.h"

using namespace halfopen;
using namespace halfopen::scenario;

namespace {

std::string page(const std::string& name) {
  return read_file(tests::in_tree("scenarios/" + name + ".md"));
}

std::string reference() {
  std::string all;
  for (const char* name : {"README", "ATTEMPTS", "STEPS", "EXPECTATIONS"}) all += page(name);
  return all;
}

/// The text below the heading "## TITLE" or "### TITLE", up to the next heading; "" if there is
/// none.
std::string chapter(const std::string& page, std::string_view title) {
  std::string heading = "# " + std::string(title) + "\n";
  std::size_t begin = page.find(heading);
  heading[2] = static_cast<char>(std::toupper(static_cast<unsigned char>(heading[2])));
  if (begin == std::string::npos) begin = page.find(heading);
  if (begin == std::string::npos) return "";
  begin += heading.size();
  return page.substr(begin, page.find("\n#", begin) - begin);
}

bool has_line(const std::string& text, std::string_view key) {
  return text.find("\n| `" + std::string(key) + "` | ") != std::string::npos;
}

}  // namespace

TEST_CASE("every key of a scenario has its line in the reference") {
  const std::string page = reference();
  for (const Section* section : scenario_sections()) {
    const std::string text = chapter(page, section->title);
    CAPTURE(section->title);
    CHECK_FALSE(text.empty());
    for (const Key& key : section->keys) {
      CAPTURE(key.name);
      CHECK(has_line(text, key.name));
    }
  }
}

TEST_CASE("every invariant has its line in the reference") {
  const std::string page = reference();
  for (const InvariantName& invariant : invariant_names())
    CHECK(page.find("| `" + std::string(invariant.name) + "` | " + std::string(invariant.about) +
                    " |") != std::string::npos);
}

TEST_CASE("KEYS.md lists the keys as they are") {
  INFO("make it anew: halfopen schema --page > scenarios/KEYS.md");
  CHECK(key_page() == page("KEYS"));
}

TEST_CASE("the reference's first scenario has no mistake") {
  const std::string first = page("README");
  const std::size_t begin = first.find("```toml\n") + 8;
  const std::string text = first.substr(begin, first.find("```", begin) - begin);
  const auto loaded = load_scenario(text, "scenarios/my/first.toml");
  for (const Diagnostic& diagnostic : loaded.diagnostics) UNSCOPED_INFO(render(diagnostic, text));
  CHECK(loaded.value);
}

TEST_CASE("the reference's file of several runs makes them, with the part beside it") {
  std::string rest = page("PARTS");
  const auto block = [&rest] {
    rest.erase(0, rest.find("```toml\n") + 8);
    return rest.substr(0, rest.find("```"));
  };
  const std::string text = block();
  const std::string part = block();
  const auto loaded = load_scenarios(text, "scenarios/close/any.toml",
                                     {[&](const std::string& path) {
                                        CHECK(path == "scenarios/close/parts/stays-away.toml");
                                        return part;
                                      },
                                      {}});
  for (const Diagnostic& each : loaded.diagnostics) UNSCOPED_INFO(render(each, *loaded.sources));
  REQUIRE(loaded.scenarios.size() == 6);
  CHECK(loaded.scenarios.at(0).name == "close/any@code=1000,pause=100ms");
  CHECK(loaded.scenarios.at(1).name == "close/any@code=1000,pause=2s");
  CHECK(loaded.scenarios.at(0).attempts.at(0).steps.size() == 4);
}

TEST_CASE("every key has an example that is TOML, and a form") {
  for (const auto sections : {scenario_sections(), client_sections()})
    for (const Section* section : sections)
      for (const Key& key : section->keys) {
        CAPTURE(section->title, key.name);
        CHECK_FALSE(key.form.empty());
        const auto loaded =
            load_scenario("about = \"x\"\nexample = " + std::string(key.example) + "\n", "x");
        // It is an unknown key, but not a mistake in the syntax.
        REQUIRE_FALSE(loaded.diagnostics.empty());
        CHECK(loaded.diagnostics[0].message.find("unknown key `example`") == 0);
      }
}
