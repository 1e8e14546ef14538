// The files for editors in docs/EDITORS.md, in the judgement of the program that those editors ask:
// taplo.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>

#include "support/program.h"
#include "support/scratch.h"
#include "support/skip.h"

using namespace halfopen::e2e;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

const std::string taplo = source_folder + "/tests/e2e/editors/node_modules/@taplo/cli/dist/cli.js";

/// The text behind the first fence of that kind after the heading.
std::string block(const std::string& page, const std::string& heading, const std::string& kind) {
  const std::size_t below = page.find("\n## " + heading);
  REQUIRE(below != std::string::npos);
  const std::string fence = "```" + kind + "\n";
  const std::size_t begin = page.find(fence, below) + fence.size();
  return page.substr(begin, page.find("```", begin) - begin);
}

std::string editors_page() {
  const Scratch scratch;
  fs::copy_file(source_folder + "/docs/EDITORS.md", scratch.path("page"));
  return scratch.read("page");
}

void put_schemas(const Scratch& scratch) {
  for (const auto& [file, option] : {std::pair<std::string, std::string>{"scenario", ""},
                                     {"part", "--part"},
                                     {"client", "--client"}}) {
    Start start{.arguments = {"schema"}};
    if (!option.empty()) start.arguments.push_back(option);
    const Ended printed = run_program(start);
    REQUIRE(printed.code == 0);
    scratch.write(file + ".schema.json", printed.out);
  }
}

void put(const Scratch& scratch, const std::string& file, const std::string& text) {
  fs::create_directories(fs::path(scratch.path(file)).parent_path());
  scratch.write(file, text);
}

Ended asked(const Scratch& scratch) {
  Start start{.arguments = {taplo, "check"}, .directory = scratch.path(), .program = "node"};
  return run_program(start, std::chrono::seconds(240));
}

bool can_ask() {
  if (fs::exists(taplo)) return true;
  halfopen::tests::skip("taplo is not installed: harness/setup.sh ci does that");
  return false;
}

/// Every tenth of the shipped scenarios: Python's jsonschema is asked about all of them, in a tenth
/// of the time (schema_test.cpp).
void put_shipped(const Scratch& scratch) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(source_folder + "/scenarios"))
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (std::size_t i = 0; i < files.size(); i += 10) {
    const fs::path to = fs::path(scratch.path()) / fs::relative(files[i], source_folder);
    fs::create_directories(to.parent_path());
    fs::copy_file(files[i], to);
  }
  fs::create_directories(scratch.path("clients/reference"));
  fs::copy_file(source_folder + "/clients/reference/client.toml",
                scratch.path("clients/reference/client.toml"));
}

}  // namespace

TEST_CASE("taplo takes what is right by the documented files, and refuses what is not") {
  if (!can_ask()) return;
  const Scratch scratch;
  scratch.write(".taplo.toml", block(editors_page(), "taplo", "toml"));
  put_schemas(scratch);
  put_shipped(scratch);
  put(scratch, "scenarios/my/several.toml",
      "about = \"Closed with ${code}.\"\ninclude = [\"parts/base.toml\"]\n"
      "[variables]\nhello = [{ send = \"a\" }]\nnet = { loss = \"2%\" }\nsecure = true\nfault = "
      "\"reset\"\nstate = \"down\"\n"
      "[matrix]\ncode = [1000, 1001]\n[matrix.wait]\nshort = \"1ms\"\nlong = \"2s\"\n"
      "[server]\ntls = \"${secure}\"\n[link]\nloss = \"${net}\"\n"
      "[[attempt]]\nsteps = [\"${hello}\", { wait = \"${wait}\" }, { link = \"${state}\" }, { "
      "close = "
      "\"${code}\" }]\n[[attempt]]\nsteps = \"${hello}\"\ntimes = \"${code}\"\n");
  put(scratch, "scenarios/my/parts/base.toml", "[expect]\nattempts = \"${code}\"\n");
  const Ended good = asked(scratch);
  INFO(good.whole());
  CHECK(good.code == 0);

  put(scratch, "scenarios/my/key.toml", "about = \"x\"\n[server]\ntsl = true\n");
  put(scratch, "scenarios/my/fault.toml",
      "about = \"x\"\n[[attempt]]\nsteps = [{ drop = \"rest\" }]\n");
  put(scratch, "scenarios/my/nothing.toml", "[server]\ntls = true\n");
  put(scratch, "scenarios/my/parts/bad.toml", "[expect]\nattemps = 1\n");
  put(scratch, "clients/mine/client.toml", "name = \"mine\"\n");
  const Ended bad = asked(scratch);
  INFO(bad.whole());
  CHECK(bad.code != 0);
  for (const char* file :
       {"scenarios/my/key.toml", "scenarios/my/fault.toml", "scenarios/my/nothing.toml",
        "scenarios/my/parts/bad.toml", "clients/mine/client.toml"})
    CHECK_THAT(bad.err + bad.out, Contains(std::string(file)));
  CHECK_THAT(bad.err + bad.out, !Contains("my/several.toml:"));
}

TEST_CASE("the documented settings of VS Code know scenarios from clients") {
  const auto settings = nlohmann::json::parse(block(editors_page(), "VS Code", "json"));
  const auto schemas_of = [&](const std::string& file) {
    std::string found;
    for (const auto& [pattern, schema] : settings.at("evenBetterToml.schema.associations").items())
      if (std::regex_match(file, std::regex(pattern))) found += schema.get<std::string>();
    return found;
  };
  CHECK(schemas_of("file:///home/me/app/scenarios/my/first.toml") == "./part.schema.json");
  CHECK(schemas_of("file:///home/me/app/scenarios/my/parts/base.toml") == "./part.schema.json");
  CHECK(schemas_of("file:///home/me/app/clients/mine/client.toml") == "./client.schema.json");
  CHECK(schemas_of("file:///home/me/app/package.toml").empty());
}
