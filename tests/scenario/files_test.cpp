// Finding and reading scenario files.
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/error.h"
#include "scenario/files.h"

using namespace halfopen;
using namespace halfopen::scenario;
namespace fs = std::filesystem;

namespace {

/// A folder of its own, in which the test works; gone at the end.
class Workplace {
 public:
  Workplace() : before_(fs::current_path()) {
    std::string pattern = (fs::temp_directory_path() / "halfopen-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
    fs::current_path(folder_);
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  ~Workplace() {
    std::error_code ignored;
    fs::current_path(before_, ignored);
    fs::remove_all(folder_, ignored);
  }
  static void put(const fs::path& path, const std::string& text = "x") {
    if (path.has_parent_path()) fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }

 private:
  fs::path before_;
  fs::path folder_;
};

std::string why_not(const std::string& named) {
  try {
    (void)find_scenarios(named);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

using Files = std::vector<std::string>;

}  // namespace

TEST_CASE("a scenario is found by its path, its name, its theme or its folder") {
  Workplace place;
  Workplace::put("scenarios/drops/fin.toml");
  Workplace::put("scenarios/drops/reset.toml");
  Workplace::put("scenarios/close/1000.toml");
  Workplace::put("scenarios/drops/notes.txt");
  Workplace::put("scenarios/drops/client.toml");
  Workplace::put("scenarios/.hidden/x.toml");
  CHECK(find_scenarios("scenarios/drops/fin.toml") == Files{"scenarios/drops/fin.toml"});
  CHECK(find_scenarios("drops/fin") == Files{"scenarios/drops/fin.toml"});
  CHECK(find_scenarios("drops") == Files{"scenarios/drops/fin.toml", "scenarios/drops/reset.toml"});
  CHECK(find_scenarios(Files{}) == Files{"scenarios/close/1000.toml", "scenarios/drops/fin.toml",
                                         "scenarios/drops/reset.toml"});
  CHECK(find_scenarios(Files{"drops/reset", "drops"}) ==
        Files{"scenarios/drops/reset.toml", "scenarios/drops/fin.toml"});
  CHECK(find_clients("scenarios") == Files{"scenarios/drops/client.toml"});
}

TEST_CASE("what is not there is said, with the nearest name") {
  Workplace place;
  Workplace::put("scenarios/drops/reset.toml");
  fs::create_directories("empty");
  CHECK(
      why_not("drops/rest") ==
      "looking for the scenario drops/rest: there is no such file or folder, nor one of that name "
      "below scenarios/; did you mean `drops/reset`?");
  CHECK(why_not("empty") == "looking for scenarios in empty: there is none");
}

TEST_CASE("a file is read whole, up to 1 MiB") {
  Workplace place;
  const std::string text(1024 * 1024, 'x');
  Workplace::put("largest", text);
  Workplace::put("larger", text + "x");
  CHECK(read_file("largest") == text);
  CHECK_THROWS_WITH(read_file("larger"),
                    "reading larger: it is longer than 1 MiB, which no scenario is");
  CHECK_THROWS_WITH(read_file("missing"), "reading missing: there is no such file");
  CHECK_THROWS_WITH(read_file("."), "reading .: it is not a file");
}

TEST_CASE("what lies beside a client.toml is no scenario, whatever folder is given") {
  Workplace place;
  Workplace::put("all/story.toml");
  Workplace::put("all/client/client.toml");
  Workplace::put("all/client/expected.toml");
  Workplace::put("all/stories/expected.toml");
  CHECK(find_scenarios("all") == Files{"all/stories/expected.toml", "all/story.toml"});
  CHECK(kind_of_file("all/client/client.toml") == FileKind::client);
  CHECK(kind_of_file("all/client/expected.toml") == FileKind::expected);
  CHECK(kind_of_file("all/stories/expected.toml") == FileKind::scenario);
  CHECK(kind_of_file("all/client/unexpected.toml") == FileKind::scenario);
  CHECK(kind_of_file("all/bad-client.toml") == FileKind::scenario);
}

TEST_CASE("the scenarios that there are: below scenarios/, and beside those that are given") {
  Workplace place;
  Workplace::put("scenarios/drops/fin.toml");
  Workplace::put("mine/story.toml");
  Workplace::put("mine/other.toml");
  Workplace::put("elsewhere/third.toml");
  const auto has = [](const Files& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  const Files names = scenario_names({"mine/story.toml"});
  CHECK(has(names, "drops/fin"));
  CHECK(has(names, "mine/story"));
  CHECK(has(names, "mine/other"));
  CHECK_FALSE(has(names, "elsewhere/third"));
}
