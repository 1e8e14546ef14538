// `include`: what scenarios share, in files of its own.
#include "scenario/include.h"

#include <catch2/catch.hpp>
#include <string>

#include "told.h"

using namespace halfopen;
using namespace halfopen::scenario;
using namespace std::chrono_literals;

namespace {

/// Where something stands, with its file.
std::string where(const Scenario& scenario, Place place) {
  return scenario.sources->in_words(place.line);
}

}  // namespace

TEST_CASE("an included table lies beneath the scenario's own, key by key") {
  const auto loaded = load_files({{"my/story.toml",
                                   "about = \"A test.\"\ninclude = \"parts/base.toml\"\n"
                                   "[server]\npath = \"/own\"\n"
                                   "[expect]\nattempts = 3\n"},
                                  {"my/parts/base.toml",
                                   "about = \"Its own.\"\ntags = [\"shared\"]\n"
                                   "[server]\npath = \"/base\"\ntls = true\n"
                                   "[expect]\nattempts = 1\nopens = 1\n"}});
  const Scenario scenario = only(loaded);
  CHECK(scenario.about == "A test.");
  CHECK(scenario.tags == std::vector<std::string>{"shared"});
  CHECK(scenario.server.path == "/own");
  CHECK(scenario.server.tls);
  CHECK(where(scenario, scenario.expect.attempts->place) == "line 6");
  CHECK(where(scenario, scenario.expect.opens->place) == "line 8 of my/parts/base.toml");
}

TEST_CASE("included attempts come first, and the files in their order") {
  const Scenario scenario = only(load_files(
      {{"my/story.toml",
        "about = \"A test.\"\ninclude = [\"one.toml\", \"../two.toml\"]\n"
        "[[attempt]]\nsteps = [{ send = \"own\" }]\n[expect]\nattempts = 3\n"},
       {"my/one.toml", "[[attempt]]\nsteps = [{ send = \"one\" }]\n[server]\npath = \"/one\"\n"},
       {"two.toml",
        "[[attempt]]\nsteps = [{ send = \"two\" }]\n[server]\npath = \"/two\"\ntls = true\n"}}));
  REQUIRE(scenario.attempts.size() == 3);
  std::string sent;
  for (const Attempt& attempt : scenario.attempts)
    sent += std::get<SendStep>(attempt.steps.at(0).body).text + " (" +
            where(scenario, attempt.steps.at(0).place) + ") ";
  CHECK(sent == "one (line 2 of my/one.toml) two (line 2 of two.toml) own (line 4) ");
  CHECK(scenario.server.path == "/two");
}

TEST_CASE("a part may include others, and a file counts once however often it is included") {
  const Scenario scenario = only(load_files(
      {{"my/story.toml",
        "about = \"A test.\"\ninclude = [\"a.toml\", \"b.toml\"]\n[expect]\nattempts = 1\n"},
       {"my/a.toml", "include = \"deep/base.toml\"\n"},
       {"my/b.toml", "include = \"./deep/../deep/base.toml\"\n"},
       {"my/deep/base.toml", "[[attempt]]\nport = \"closed\"\n"}}));
  CHECK(scenario.attempts.size() == 1);
  CHECK(scenario.sources->parts().size() == 3);
}

TEST_CASE("a part has variables for whoever includes it, who may give them other values") {
  const Files parts{{"my/part.toml",
                     "[variables]\npause = \"1s\"\nunused = 1\n"
                     "[[attempt]]\nsteps = [{ wait = \"${pause}\" }, { drop = \"fin\" }]\n"}};
  const auto with = [&](const std::string& more) {
    Files files = parts;
    files["my/story.toml"] =
        "about = \"A test.\"\ninclude = \"part.toml\"\n" + more + "[expect]\nattempts = 1\n";
    return load_files(files);
  };
  const auto pause_of = [](const Scenario& scenario) {
    return std::get<WaitStep>(scenario.attempts.at(0).steps.at(0).body).time;
  };
  CHECK(pause_of(only(with(""))) == 1s);
  CHECK(pause_of(only(with("[variables]\npause = \"2s\"\n"))) == 2s);
  const auto several = with("[matrix]\npause = [\"3s\", \"4s\"]\n");
  INFO(said(several));
  REQUIRE(several.scenarios.size() == 2);
  CHECK(pause_of(several.scenarios.at(1)) == 4s);
}

TEST_CASE("a mistake in an included file is told with that file and its line") {
  const Files files{
      {"my/story.toml", "about = \"A test.\"\ninclude = \"part.toml\"\n[expect]\nattempts = 1\n"},
      {"my/part.toml", "[server]\n\n  tsl = true\n[[attempt]]\nport = \"clsoed\"\n"}};
  const auto loaded = load_files(files);
  CHECK(said(loaded) ==
        "my/part.toml:3: unknown key `tsl` in [server]; did you mean `tls`?\n"
        "my/part.toml:5: `port`: unknown state of a port `clsoed`; did you mean `closed`?\n");
  CHECK(render(loaded.diagnostics.at(0), *loaded.sources) ==
        "my/part.toml:3:3: unknown key `tsl` in [server]; did you mean `tls`?\n"
        "      tsl = true\n"
        "      ^");
  CHECK(said(load_files({{"my/story.toml", files.at("my/story.toml")}, {"my/part.toml", "a = \n"}}))
            .find("my/part.toml:1: this is not TOML: ") == 0);
}

TEST_CASE("mistakes that speak of two lines name the file of both") {
  CHECK(said(load_files({{"my/story.toml",
                          "about = \"A test.\"\ninclude = \"part.toml\"\n"
                          "[[attempt]]\n[expect]\nattempts = 1\n"},
                         {"my/part.toml", "[[attempt]]\ntimes = \"rest\"\n"}})) ==
        "my/story.toml:3: this [[attempt]] can never be reached: the one in line 1 of my/part.toml "
        "takes all that are left (times = \"rest\")\n");
}

TEST_CASE("what cannot be included is told where it was asked for") {
  const auto with = [](const std::string& include, Files more = {}) {
    more["my/story.toml"] = "about = \"A test.\"\n" + include + "\n[expect]\nattempts = 1\n";
    return said(load_files(more));
  };
  CHECK(with("include = \"parts/none.toml\"") ==
        "my/story.toml:2: `include`: reading my/parts/none.toml: there is no such file\n");
  CHECK(with("include = 5") ==
        "my/story.toml:2: `include` must be a path or an array of paths, like `include = "
        "\"parts/login.toml\"`; found the integer 5\n");
  CHECK(with("include = [\"${x}.toml\"]") ==
        "my/story.toml:2: `include` comes before all variables: write the path itself\n");
  CHECK(
      with("include = \"story.toml\"") ==
      "my/story.toml:2: `include`: my/story.toml includes itself: my/story.toml → my/story.toml\n");
  CHECK(
      with("include = \"a.toml\"",
           {{"my/a.toml", "\ninclude = \"b.toml\"\n"}, {"my/b.toml", "include = \"a.toml\"\n"}}) ==
      "my/b.toml:1: `include`: my/a.toml includes itself: my/story.toml → my/a.toml → my/b.toml → "
      "my/a.toml\n");
  Files chain;
  for (int i = 0; i < 20; ++i)
    chain["my/" + std::to_string(i) + ".toml"] =
        "include = \"" + std::to_string(i + 1) + ".toml\"\n";
  CHECK(with("include = \"0.toml\"", chain)
            .find("my/15.toml:1: `include`: files include each other more than 16 deep: ") == 0);
  Files many;
  std::string all;
  for (int i = 0; i < 120; ++i) {
    many["my/" + std::to_string(i) + ".toml"] = "";
    all += "\"" + std::to_string(i) + ".toml\", ";
  }
  CHECK(with("include = [" + all + "]", many).find("more than 100 files are included") !=
        std::string::npos);
}

TEST_CASE("where nothing can be read, nothing is included") {
  const auto loaded = load_scenario("about = \"A test.\"\ninclude = \"/etc/passwd\"\n", "x.toml");
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK(loaded.diagnostics[0].message ==
        "`include`: reading /etc/passwd: nothing can be included here");
}

TEST_CASE("a line that is counted through all files is found again") {
  Sources sources("own.toml", "a\nb\n");
  CHECK(sources.add("part.toml", "c\nd") == 3);
  CHECK(sources.add("other.toml", "e") == 5);
  CHECK(sources.in_words(2) == "line 2");
  CHECK(sources.in_words(4) == "line 1 of part.toml");
  CHECK(sources.in_words(6) == "line 1 of other.toml");
  CHECK(sources.origin(0).line == 0);
  for (int line = 0; line < 7; ++line) CHECK(sources.number(sources.origin(line)) == line);
  CHECK(sources.text_of("part.toml") == "c\nd");
  CHECK(sources.text_of("") == "a\nb\n");
}
