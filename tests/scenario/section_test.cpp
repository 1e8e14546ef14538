// One line describes a key: from it the key is named, read, kept, and put into the schema.
#include <catch2/catch.hpp>
#include <string>

#include "scenario/problems.h"
#include "scenario/schema_values.h"
#include "scenario/section_of.h"

using namespace halfopen;
using namespace halfopen::scenario;
using namespace std::chrono_literals;

namespace {

enum class Leaf { green, black };

struct Tea {
  int cups = 1;
  Leaf leaf = Leaf::green;
  std::optional<Placed<Duration>> steeps;
  std::vector<std::string> with;
};

const SectionOf<Tea> section{
    "[tea]",
    {{"cups", form::whole(1, 8), "2", &Tea::cups},
     {"leaf", form::one_of<Leaf>({{"green", Leaf::green}, {"black", Leaf::black}}, "leaf"),
      "\"black\"", &Tea::leaf},
     {"steeps", form::duration, "\"3m\"", &Tea::steeps},
     {"with", form::texts, "[\"milk\"]", &Tea::with}}};

struct Read {
  Tea tea;
  std::string said;
};

Read read(std::string_view text) {
  const auto document = parse_document(text);
  const Node& root = std::get<Node>(document);
  Problems problems("tea.toml");
  Read result;
  section.read(TableReader(*root.get<Node::Table>(), {1, 1}, section, problems), result.tea);
  for (const Diagnostic& each : problems.take())
    result.said += std::to_string(each.place.line) + ": " + each.message + "\n";
  return result;
}

}  // namespace

TEST_CASE("what a table says goes to the members of its keys, and the rest stays as it was") {
  const Read all = read("cups = 3\nleaf = \"black\"\nsteeps = \"2m\"\nwith = [\"milk\"]\n");
  CHECK(all.said.empty());
  CHECK(all.tea.cups == 3);
  CHECK(all.tea.leaf == Leaf::black);
  CHECK(all.tea.steeps->value == 2min);
  CHECK(all.tea.steeps->place.line == 3);
  CHECK(all.tea.with == std::vector<std::string>{"milk"});
  const Read nothing = read("");
  CHECK(nothing.said.empty());
  CHECK(nothing.tea.cups == 1);
  CHECK_FALSE(nothing.tea.steeps);
}

TEST_CASE(
    "a value that is not of its key's form is told with the form, the example and the words") {
  CHECK(read("cups = 9\nleaf = \"blakc\"\nsteeps = 3\ncup = 1\n").said ==
        "1: `cups`: 9 is out of range: it may be 1 to 8\n"
        "2: `leaf`: unknown leaf `blakc`; did you mean `black`?\n"
        "3: `steeps` must be a duration, like `steeps = \"3m\"`; found the integer 3\n"
        "4: unknown key `cup` in [tea]; did you mean `cups`?\n");
  CHECK(read("leaf = 1").said ==
        "1: `leaf` must be \"green\" or \"black\", like `leaf = \"black\"`; found the integer 1\n");
}

TEST_CASE("a key may be left to another reader") {
  const auto document = parse_document("cups = 3\nwith = [\"milk\"]\n");
  Problems problems("tea.toml");
  const TableReader table(*std::get<Node>(document).get<Node::Table>(), {1, 1}, section, problems);
  Tea tea;
  section.read(table, tea, {"cups"});
  CHECK(tea.cups == 1);
  CHECK(tea.with.size() == 1);
}

TEST_CASE("a section knows whether it has left anything in what it filled") {
  Tea tea;
  CHECK_FALSE(section.any_said(tea));
  tea.cups = 5;  // There is always a number.
  CHECK_FALSE(section.any_said(tea));
  tea.with = {"milk"};
  CHECK(section.any_said(tea));
  CHECK_FALSE(section.any_said(tea, {"with"}));
}

TEST_CASE("the schema of a section comes from the shapes of its keys") {
  CHECK(object_with(section, {"cups"}).dump() ==
        R"({"type":"object","properties":{"cups":{"type":"integer","minimum":1,"maximum":8},)"
        R"("leaf":{"enum":["green","black"]},)"
        R"("steeps":{"type":"string","pattern":"^(([0-9]+(\\.[0-9]+)?(us|ms|s|m|h))+|0)$"},)"
        R"("with":{"type":"array","items":{"type":"string"}}},)"
        R"("additionalProperties":false,"required":["cups"]})");
}
