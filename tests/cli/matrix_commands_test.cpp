// Scenario files that are several runs, include others and have variables, on the command line.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "cli/captured.h"
#include "cli/commands.h"
#include "cli/filter.h"
#include "cli/scenario_files.h"
#include "scenario/loader.h"

using namespace halfopen;
using namespace halfopen::tests;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

/// A folder with scenarios, gone at the end.
class World {
 public:
  World() {
    std::string pattern = (fs::temp_directory_path() / "halfopen-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
    put("scenarios/close/any.toml",
        "about = \"Closed with ${code}.\"\ninclude = \"parts/shared.toml\"\n"
        "[matrix]\ncode = [1000, 1001, 4000]\nwait = [\"100ms\", \"2s\"]\n"
        "[[attempt]]\nsteps = [{ wait = \"${wait}\" }, { close = \"${code}\" }]\n");
    put("scenarios/close/other.toml",
        "about = \"Path ${path}.\"\ninclude = \"parts/shared.toml\"\n"
        "[variables]\npath = \"/a\"\n[server]\npath = \"${path}\"\n");
    put("scenarios/close/parts/shared.toml", "tags = [\"shared\"]\n[expect]\nattempts = \"1..\"\n");
  }
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  ~World() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  void put(const std::string& file, const std::string& text) const {
    const fs::path path = fs::path(folder_) / file;
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
  [[nodiscard]] std::string get(const std::string& file) const {
    std::ifstream in(fs::path(folder_) / file);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] const std::string& folder() const { return folder_; }

 private:
  std::string folder_;
};

/// The names in a list, each with a blank behind it.
std::string names_in(const std::string& list) {
  std::string names;
  for (std::size_t at = 0; at < list.size(); at = list.find('\n', at) + 1)
    names += list.substr(at, list.find(' ', at) - at) + " ";
  return names;
}

}  // namespace

TEST_CASE("list: every run of a file, all those that a name means, or one") {
  const World world;
  const auto names = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "list");
    const Captured ran = run_command(cli::add_list, words, world.folder());
    INFO(ran.err);
    CHECK(ran.exit_code == cli::all_passed);
    return names_in(ran.out);
  };
  CHECK(names({}) ==
        "close/any@code=1000,wait=100ms close/any@code=1000,wait=2s close/any@code=1001,wait=100ms "
        "close/any@code=1001,wait=2s close/any@code=4000,wait=100ms close/any@code=4000,wait=2s "
        "close/other ");
  CHECK(names({"close/any@code=1001"}) ==
        "close/any@code=1001,wait=100ms close/any@code=1001,wait=2s ");
  CHECK(names({"scenarios/close/any.toml@wait=2s,code=1000", "close/any@code=1000,wait=100ms"}) ==
        "close/any@code=1000,wait=100ms close/any@code=1000,wait=2s ");
  CHECK(names({"--filter", "close/any and not *code=4000*"}) ==
        names({"close/any@code=1000", "close/any@code=1001"}));
}

TEST_CASE("a run that a file does not have is told with those that it has") {
  const World world;
  const auto said = [&](const std::string& name) {
    return run_command(cli::add_list, {"list", name}, world.folder()).err;
  };
  CHECK_THAT(said("close/any@code=1002"),
             Contains("looking for the run code=1002 of scenarios/close/any.toml: there is no such "
                      "run; there are: code=1000,wait=100ms, "));
  CHECK_THAT(said("close/other@code=1"), Contains("the file has no [matrix]"));
  CHECK_THAT(said("close/ayn@code=1"), Contains("did you mean `close/any`?"));
}

TEST_CASE("check: a folder's parts are checked with those that include them, and told once") {
  const World world;
  CHECK(run_command(cli::add_check, {"check"}, world.folder()).out ==
        "2 files checked, no mistakes\n");
  world.put("scenarios/close/parts/shared.toml", "[expect]\nattemps = 1\n");
  const Captured ran = run_command(cli::add_check, {"check"}, world.folder());
  CHECK(ran.exit_code == cli::bad_scenario);
  CHECK(ran.out == "2 files checked, 1 mistake\n");
  CHECK(ran.err ==
        "scenarios/close/parts/shared.toml:2:1: unknown key `attemps` in [expect]; did you mean "
        "`attempts`?\n    attemps = 1\n    ^\n");
  const Captured part =
      run_command(cli::add_check, {"check", "scenarios/close/parts/shared.toml"}, world.folder());
  CHECK(part.exit_code == cli::all_passed);
  CHECK_THAT(part.err, Contains("a part; it is checked with the scenarios that include it"));
}

TEST_CASE("check: an expected.toml may name a run, and only one that there is") {
  const World world;
  world.put("clients/ours/client.toml",
            "name = \"ours\"\nabout = \"Ours.\"\ncommand = [\"node\", \"x.mjs\"]\n");
  world.put("clients/ours/expected.toml",
            "\"close/any@code=1000,wait=2s\" = { verdict = \"fail\", why = \"it comes back\" }\n"
            "\"close/any@code=1000,wait=3s\" = { verdict = \"fail\", why = \"it comes back\" }\n");
  const Captured ran = run_command(cli::add_check, {"check", "clients"}, world.folder());
  CHECK_THAT(ran.err, Catch::StartsWith("clients/ours/expected.toml:2:1: there is no scenario "
                                        "`close/any@code=1000,wait=3s`; did you mean "
                                        "`close/any@code=1000,wait=2s`?\n"));
}

TEST_CASE(
    "explain: the first of several runs, or the one that is named, with values from outside") {
  const World world;
  const auto told = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "explain");
    return run_command(cli::add_explain, words, world.folder());
  };
  const Captured first = told({"close/any"});
  CHECK_THAT(first.out, Catch::StartsWith("close/any@code=1000,wait=100ms: Closed with 1000.\n"));
  CHECK_THAT(first.out,
             Contains("close/any makes 6 runs, of which this is the first; `halfopen list "
                      "close/any` names them all.\n"));
  const Captured one = told({"close/any@code=4000,wait=2s"});
  CHECK_THAT(one.out, Contains("│        2s  2. close 4000\n"));
  CHECK_THAT(one.out, !Contains("makes 6 runs"));
  CHECK_THAT(told({"close/other", "--set", "path=/b"}).out, Contains("Path /b.\n"));
  const Captured slip = told({"close/other", "--set", "pth=/b"});
  CHECK(slip.exit_code == cli::usage);
  CHECK_THAT(slip.err, Contains("the scenario has no variable `pth`; did you mean `path`?"));
  CHECK(told({"close/other", "--set", "path"}).exit_code == cli::usage);
  CHECK(told({"close/other", "--set", "path=/b", "--set", "path=/c"}).exit_code == cli::usage);
}

TEST_CASE("new: writes what can be checked and run, and nothing over what is there") {
  const World world;
  const auto make = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "new");
    return run_command(cli::add_new, words, world.folder());
  };
  const Captured ran =
      make({"my/first", "--fault", "drop=reset", "--after", "1s", "--about", "Cut."});
  INFO(ran.err);
  CHECK(ran.exit_code == cli::all_passed);
  CHECK_THAT(ran.out, Catch::StartsWith("scenarios/my/first.toml is written, and has no mistakes. "
                                        "Next:\n  halfopen explain my/first\n"));
  CHECK(run_command(cli::add_check, {"check", "my/first"}, world.folder()).exit_code ==
        cli::all_passed);
  const std::string text = world.get("scenarios/my/first.toml");
  CHECK_THAT(text, Contains("{ wait = \"1s\" }"));
  const Captured again = make({"my/first", "--fault", "drop=fin"});
  CHECK(again.exit_code == cli::usage);
  CHECK_THAT(again.err, Contains("scenarios/my/first.toml is there already"));
  CHECK(world.get("scenarios/my/first.toml") == text);
  CHECK(make({"--fault", "close=1001"}).exit_code == cli::all_passed);
  CHECK_FALSE(world.get("scenarios/my/close-1001.toml").empty());
  CHECK(make({"x/y.toml", "--fault", "mid-frame"}).exit_code == cli::all_passed);
  CHECK_FALSE(world.get("x/y.toml").empty());
  CHECK_THAT(make({"--fault", "drop=rest"}).err, Contains("did you mean `drop=reset`?"));
  CHECK(make({"z", "--fault", "drop=fin", "--gaps", "soon"}).exit_code == cli::usage);
  CHECK(world.get("scenarios/z.toml").empty());
}
