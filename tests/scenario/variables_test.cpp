// [variables]: names for values, and `${name}` in their place.
#include <catch2/catch.hpp>
#include <string>

#include "told.h"

using namespace halfopen;
using namespace halfopen::scenario;
using namespace std::chrono_literals;

namespace {

const std::string expect = "[expect]\nattempts = 1\n";

std::string text_of(const Step& step) { return std::get<SendStep>(step.body).text; }

}  // namespace

TEST_CASE("a string that is a name stands for the value, with its type") {
  const Scenario scenario = only(load_text(
      "about = \"A test.\"\n"
      "[variables]\ncode = 1001\npause = \"300ms\"\nsecure = true\nnet = { loss = \"2%\" }\n"
      "share = \"50%\"\n"
      "[server]\ntls = \"${secure}\"\n"
      "[[attempt]]\n"
      "steps = [{ wait = \"${pause}\" }, { drop = \"fin\", chance = \"${share}\" }, { link = "
      "\"${net}\" "
      "}, { close = \"${code}\" }]\n" +
      expect));
  CHECK(scenario.server.tls);
  const auto& steps = scenario.attempts.at(0).steps;
  REQUIRE(steps.size() == 4);
  CHECK(std::get<WaitStep>(steps[0].body).time == 300ms);
  CHECK(steps[1].chance == 0.5);
  CHECK(std::get<LinkStep>(steps[2].body).change.text == "loss 2%");
  CHECK(std::get<CloseStep>(steps[3].body).code == 1001);
  // A single value stands where its name stood; a mistake about it is there.
  CHECK(steps[0].place.line == 11);
}

TEST_CASE("within a longer string a name stands for the text of the value") {
  const Scenario scenario =
      only(load_text("about = \"Closed with ${code}, ${share}, ${flag}.\"\n"
                     "[variables]\nwho = \"you\"\ncode = 1001\nshare = 0.25\nflag = false\n"
                     "hello = \"hello ${who}\"\n"
                     "[[attempt]]\nsteps = [{ send = \"<${hello}>\" }, { send = \"$${who} costs 5$ "
                     "${who}$\" }]\n" +
                     expect));
  CHECK(scenario.about == "Closed with 1001, 0.25, false.");
  CHECK(text_of(scenario.attempts.at(0).steps.at(0)) == "<hello you>");
  CHECK(text_of(scenario.attempts.at(0).steps.at(1)) == "${who} costs 5$ you$");
}

TEST_CASE("an element that stands for an array is its elements") {
  const Scenario scenario =
      only(load_text("about = \"A test.\"\n"
                     "[variables]\n"
                     "hello = [\n  { send = \"a\" },\n  { send = \"b\" },\n]\n"
                     "more = [\"${last}\"]\nlast = { send = \"c\" }\n"
                     "[[attempt]]\nsteps = [\"${hello}\", { drop = \"reset\" }]\n"
                     "[[attempt]]\nsteps = \"${hello}\"\n"
                     "[[attempt]]\nsteps = [\"${hello}\", \"${more}\"]\n" +
                     expect));
  CHECK(scenario.attempts.at(0).steps.size() == 3);
  CHECK(scenario.attempts.at(1).steps.size() == 2);
  CHECK(text_of(scenario.attempts.at(2).steps.at(2)) == "c");
  // Steps are found where they are written.
  CHECK(scenario.attempts.at(0).steps.at(1).place.line == 5);
}

TEST_CASE("what is wrong with variables is told at its place") {
  const std::string begin = "about = \"A test.\"\n[variables]\n";
  const std::string steps = "[[attempt]]\nsteps = [{ wait = \"${pause}\" }]\n" + expect;
  CHECK(said(load_text(begin + "pasue = \"1s\"\n" + steps)) ==
        "my/story.toml:5: there is no variable `pause`; did you mean `pasue`?\n");
  CHECK(said(load_text("about = \"${a}\"\n" + expect)) ==
        "my/story.toml:1: there is no variable `a`; give it a value in [variables], and write $${ "
        "for "
        "a literal ${\n");
  CHECK(said(load_text("about = \"${e.data}\"\n" + expect)) ==
        "my/story.toml:1: `${e.data` is no variable like ${name}; write $${ for a literal ${\n");
  CHECK(said(load_text(begin + "pause = \"${other}\"\nother = \"${pause}\"\n" + steps)) ==
        "my/story.toml:3: the variable `pause` stands for itself: pause → other → pause\n");
  CHECK(
      said(load_text(begin + "pause = \"1s\"\nunused = 1\n" + steps)) ==
      "my/story.toml:4: nothing uses `unused`: write \"${unused}\" where its value is to stand, or "
      "take it out of [variables]\n");
  CHECK(said(load_text(begin + "pause = \"1s\"\n\"1 a\" = 1\n" + steps)) ==
        "my/story.toml:4: `1 a` is no name for a variable: it has letters, digits, `_` and `-`, "
        "and no "
        "digit at first\n");
  CHECK(said(load_text("about = \"x ${net}\"\nvariables = { net = {} }\n" + expect)) ==
        "my/story.toml:1: `net` is a table, which cannot stand within a string\n");
  CHECK(
      said(load_text("about = \"x\"\nvariables = 5\n" + expect)) ==
      "my/story.toml:2: `variables` must be a table, like `[variables]` with `wait = \"2s\"` below "
      "it; found the integer 5\n");
  CHECK(
      said(load_text(begin + "pause = 5\n" + steps)) ==
      "my/story.toml:5: `wait` must be a duration, like `wait = \"300ms\"`; found the integer 5\n");
}

TEST_CASE("a chain of variables has an end, and so has what they make") {
  std::string chain = "about = \"${v0}\"\n[variables]\n";
  for (int i = 0; i < 60; ++i)
    chain += "v" + std::to_string(i) + " = \"${v" + std::to_string(i + 1) + "}\"\n";
  CHECK(said(load_text(chain + "v60 = \"x\"\n" + expect)).find("more than 50 deep") !=
        std::string::npos);
  std::string doubling = "about = \"A test.\"\ntags = [\"${v0}\"]\n[variables]\n";
  for (int i = 0; i < 40; ++i)
    doubling += "v" + std::to_string(i) + " = [\"${v" + std::to_string(i + 1) + "}\", \"${v" +
                std::to_string(i + 1) + "}\"]\n";
  CHECK(said(load_text(doubling + "v40 = [\"x\"]\n" + expect)).find("than anybody could want") !=
        std::string::npos);
  std::string longer = "about = \"${v0}\"\n[variables]\n";
  for (int i = 0; i < 40; ++i)
    longer += "v" + std::to_string(i) + " = \"${v" + std::to_string(i + 1) + "}${v" +
              std::to_string(i + 1) + "}\"\n";
  CHECK(
      said(load_text(longer + "v40 = \"0123456789\"\n" + expect)).find("than anybody could want") !=
      std::string::npos);
}

TEST_CASE("a value from outside stands in place of the one in the file") {
  const std::string text =
      "about = \"A test.\"\n"
      "[variables]\npause = \"1s\"\ncode = 1000\nsteps = [{ send = \"a\" }]\n"
      "[[attempt]]\nsteps = [\"${steps}\", { wait = \"${pause}\" }, { close = \"${code}\" }]\n" +
      expect;
  const auto loaded = load_text(
      text, {{}, {{"pause", "0"}, {"code", "1001"}, {"steps", "[]"}, {"elsewhere", "1"}}});
  const Scenario scenario = only(loaded);
  const auto& steps = scenario.attempts.at(0).steps;
  REQUIRE(steps.size() == 2);
  // In place of a string it is one: "0", and not the number.
  CHECK(std::get<WaitStep>(steps[0].body).time == 0ms);
  CHECK(std::get<CloseStep>(steps[1].body).code == 1001);
  CHECK(scenario.set.size() == 3);
  CHECK(loaded.variables == std::vector<std::string>{"code", "pause", "steps"});
  // What is no TOML is a string.
  CHECK(said(load_text(text, {{}, {{"code", "1s"}}}))
            .find("my/story.toml:7: `close`: unknown close "
                  "fault `1s`") == 0);
}
