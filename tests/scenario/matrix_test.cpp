// [matrix]: one file, a run for each combination of values.
#include "scenario/matrix.h"

#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "told.h"

using namespace halfopen;
using namespace halfopen::scenario;
using namespace std::chrono_literals;

namespace {

using Names = std::vector<std::string>;

const std::string steps =
    "[[attempt]]\nsteps = [{ wait = \"${pause}\" }, { close = \"${code}\" }]\n"
    "[expect]\nattempts = 1\n";

Names names_of(const LoadedScenarios& loaded) {
  INFO(said(loaded));
  Names names;
  for (const Scenario& each : loaded.scenarios) names.push_back(each.name);
  return names;
}

Names names_for(const std::string& values) {
  return names_of(
      load_text("about = \"It is ${a}.\"\n[matrix]\na = " + values + "\n[expect]\nattempts = 1\n"));
}

}  // namespace

TEST_CASE("each combination is a run with a name of its own") {
  const auto loaded = load_text(
      "about = \"The server closes with ${code}.\"\n"
      "[matrix]\ncode = [1000, 1001, 70000]\npause = [\"100ms\", \"2s\"]\n" +
      steps);
  // The mistake is told once, with the first run that has it.
  CHECK(said(loaded) ==
        "my/story.toml:6: `close`: 70000 is out of range: it may be 0 to 65535; so in the run "
        "code=70000,pause=100ms\n");
  const auto clean = load_text(
      "about = \"The server closes with ${code}.\"\n"
      "[matrix]\ncode = [1000, 1001]\npause = [\"100ms\", \"2s\"]\n" +
      steps);
  CHECK(names_of(clean) == Names{"my/story@code=1000,pause=100ms", "my/story@code=1000,pause=2s",
                                 "my/story@code=1001,pause=100ms", "my/story@code=1001,pause=2s"});
  const Scenario& last = clean.scenarios.back();
  CHECK(last.about == "The server closes with 1001.");
  CHECK(last.run == "code=1001,pause=2s");
  CHECK(std::get<WaitStep>(last.attempts.at(0).steps.at(0).body).time == 2s);
  CHECK(last.variables.at(0).name == "code");
  CHECK(last.variables.at(0).value == "1001");
  CHECK(last.variables.at(0).choices == 2);
}

TEST_CASE("a run's name is harmless to shells and files, and its own") {
  CHECK(names_for("[\"a b/c$(d)\", \"\", 1.5, true, -1]") ==
        Names{"my/story@a=a_b_c__d_", "my/story@a=empty", "my/story@a=1.5", "my/story@a=true",
              "my/story@a=-1"});
  CHECK(names_for("[1000, \"1000\", \"a/b\", \"a b\"]") ==
        Names{"my/story@a=1000", "my/story@a=1000-2", "my/story@a=a_b", "my/story@a=a_b-2"});
  CHECK(names_for("{ slow = \"2s\", fast = \"1ms\" }") ==
        Names{"my/story@a=slow", "my/story@a=fast"});
  const std::string long_one(500, 'x');
  CHECK(names_for("[\"" + long_one + "\"]").at(0).size() < 60);
}

TEST_CASE("tables and arrays can be the values of a matrix") {
  const auto loaded = load_text(
      "about = \"A test.\"\n[link]\n"
      "loss = \"${network}\"\n"
      "[matrix.network]\nbursts = { p = \"1%\", r = \"25%\" }\neven = \"2%\"\n"
      "[expect]\nattempts = 1\n");
  CHECK(names_of(loaded) == Names{"my/story@network=bursts", "my/story@network=even"});
  CHECK(
      names_of(load_text("about = \"A test.\"\ntags = \"${all}\"\n"
                         "[matrix]\nall = [[\"a\"], [\"b\", \"c\"]]\n[expect]\nattempts = 1\n")) ==
      Names{"my/story@all=1", "my/story@all=2"});
}

TEST_CASE("what is wrong with a matrix is told at its place") {
  const std::string begin = "about = \"A test.\"\n[matrix]\n";
  CHECK(
      said(load_text(begin + "code = 1000\npause = []\n" + steps)) ==
      "my/story.toml:3: `code` in [matrix] must be an array of values, or a table that names them, "
      "like `code = [1000, 1001]`; found the integer 1000\n"
      "my/story.toml:4: `pause` in [matrix] has no value\n");
  CHECK(
      said(load_text(begin + "code = [1000]\npause = [\"1s\"]\n[variables]\ncode = 1\n" + steps)) ==
      "my/story.toml:3: `code` is in [variables] already (line 6): it has one value there, or "
      "several here\n");
  CHECK(said(load_text(begin + "code = [1000]\npause = [\"1s\"]\nother = [1, 2]\n" + steps)) ==
        "my/story.toml:5: nothing uses `other`: write \"${other}\" where its value is to stand, or "
        "take it out of [matrix]\n");
  CHECK(
      said(load_text("about = \"x\"\nmatrix = 1\n[expect]\nattempts = 1\n")) ==
      "my/story.toml:2: `matrix` must be a table, like `[matrix]` with `code = [1000, 1001]` below "
      "it; found the integer 1\n");
  // All runs have it: none is named.
  CHECK(said(load_text(begin + "code = [1000, 1001]\npause = [\"1s\"]\n[server]\ntsl = true\n" +
                       steps)) ==
        "my/story.toml:6: unknown key `tsl` in [server]; did you mean `tls`?\n");
}

TEST_CASE("no file is more than a thousand runs") {
  std::string numbers;
  for (int i = 0; i < 100; ++i) numbers += std::to_string(i) + ", ";
  const std::string text =
      "about = \"${a} ${b}\"\n[matrix]\na = [" + numbers + "]\nb = [" + numbers;
  const std::string end = "]\n[expect]\nattempts = 1\n";
  CHECK(
      said(load_text(text + end)) ==
      "my/story.toml:4: [matrix] makes more than 1000 runs of this file: leave out values, or make "
      "two files of it\n");
  std::string axes = "about = \"x\"\n[matrix]\n";
  for (int i = 0; i < 11; ++i) axes += "a" + std::to_string(i) + " = [1]\n";
  CHECK(said(load_text(axes + "[expect]\nattempts = 1\n"))
            .find("my/story.toml:13: [matrix] has at most 10 names\n") == 0);
}

TEST_CASE("many runs of a large file are told to be too large") {
  std::string tags;
  for (int i = 0; i < 3000; ++i) tags += "\"t\", ";
  std::string numbers;
  for (int i = 0; i < 1000; ++i) numbers += std::to_string(i) + ", ";
  CHECK(said(load_text("about = \"It is ${a}.\"\ntags = [" + tags + "]\n[matrix]\na = [" + numbers +
                       "]\n[expect]\nattempts = 1\n"))
            .find("too large together") != std::string::npos);
}

TEST_CASE("a name of a matrix that is set from outside has that one value") {
  const std::string text =
      "about = \"A test.\"\n[matrix]\ncode = [1000, 1001]\npause = [\"100ms\", \"2s\"]\n" + steps;
  CHECK(names_of(load_text(text, {{}, {{"code", "4000"}}})) ==
        Names{"my/story@code=4000,pause=100ms", "my/story@code=4000,pause=2s"});
}

TEST_CASE("a run is named by all of its values, or by some") {
  CHECK(is_among("code=1000,pause=2s", ""));
  CHECK(is_among("code=1000,pause=2s", "pause=2s"));
  CHECK(is_among("code=1000,pause=2s", "pause=2s,code=1000"));
  CHECK_FALSE(is_among("code=1000,pause=2s", "pause=20s"));
  CHECK_FALSE(is_among("code=1000,pause=2s", "pause"));
}

TEST_CASE("of very many mistakes the first ones are told, and how many more there are") {
  std::string wrong;
  for (int i = 0; i < 130; ++i) wrong += "x" + std::to_string(i) + " = 1\n";
  for (const char* begin : {"about = \"A test.\"\n", "about = \"It is ${a}.\"\n"}) {
    const bool several = std::string(begin).find('$') != std::string::npos;
    const auto loaded = load_text(begin + wrong + (several ? "[matrix]\na = [1, 2]\n" : "") +
                                  "[expect]\nattempts = 1\n");
    REQUIRE(loaded.diagnostics.size() == 101);
    CHECK(loaded.diagnostics.front().place.line == 2);
    CHECK(loaded.diagnostics.back().message == "30 more mistakes are not shown");
  }
}
