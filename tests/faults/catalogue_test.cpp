// The catalogue: every file is a fault, and every fault tells what it does.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <set>

#include "faults/fault.h"
#include "support/places.h"

using namespace halfopen;
using namespace halfopen::faults;

namespace {

/// "drop/mid-frame" for each fault source file.
std::set<std::string> files() {
  const std::filesystem::path folder = tests::in_tree("harness/faults");
  std::set<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const auto relative = std::filesystem::relative(entry.path(), folder);
    if (!relative.has_parent_path() || relative.extension() != ".cpp") continue;
    found.insert((relative.parent_path() / relative.stem()).string());
  }
  return found;
}

bool is_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '-' || c == '_';
  });
}

bool is_sentence(std::string_view text) { return text.size() > 10 && text.back() == '.'; }

}  // namespace

TEST_CASE("the registry is the folder: each file one fault of its name, in order") {
  std::vector<std::string> registered;
  for (const Fault* fault : all()) {
    registered.push_back(std::string(key_of(fault->layer)) + "/" + std::string(fault->name));
  }
  const std::set<std::string> found = files();
  CHECK(found.size() > 30);
  CHECK(std::is_sorted(registered.begin(), registered.end()));
  CHECK(std::set<std::string>(registered.begin(), registered.end()) == found);
  CHECK(registered.size() == found.size());
}

TEST_CASE("no parameter has the name of a key that every fault takes") {
  for (const Fault* fault : all())
    for (const Parameter& parameter : fault->parameters) {
      CAPTURE(fault->name, parameter.name);
      CHECK(parameter.name != "chance");
      CHECK_FALSE((is_step(fault->layer) && (parameter.name == "after" || parameter.name == "in")));
    }
}

TEST_CASE("every fault says what it does, what a correct client does, and by which source") {
  for (const Fault* fault : all()) {
    CAPTURE(fault->name);
    CHECK(is_name(fault->name));
    CHECK(is_sentence(fault->about));
    CHECK(is_sentence(fault->background));
    CHECK(is_sentence(fault->correct));
    CHECK(fault->source.find("RFC ") == 0);
  }
}

TEST_CASE("every parameter has a name, a line about it, and a default within its limits") {
  for (const Fault* fault : all()) {
    std::set<std::string_view> seen;
    for (const Parameter& parameter : fault->parameters) {
      CAPTURE(fault->name, parameter.name);
      CHECK(is_name(parameter.name));
      CHECK(is_sentence(parameter.about));
      CHECK(seen.insert(parameter.name).second);
      Use use{fault, {}};
      REQUIRE_NOTHROW(complete(use));
      const Value& value = use.arguments.find(parameter.name)->second;
      if (const auto* number = std::get_if<std::int64_t>(&value)) {
        CHECK(parameter.lowest <= *number);
        CHECK(*number <= parameter.highest);
      }
      const auto& choices = parameter.choices;
      if (!choices.empty()) {
        CHECK(std::find(choices.begin(), choices.end(), parameter.fallback) != choices.end());
      }
    }
  }
}

TEST_CASE("a fault can be carried out in its layer and in no other") {
  for (const Fault* fault : all()) {
    CAPTURE(fault->name);
    CHECK((fault->spoil != nullptr) == (fault->layer == Layer::handshake));
    CHECK((fault->mislead != nullptr) == (fault->layer == Layer::dns));
    CHECK((fault->receive != nullptr) == (fault->layer == Layer::port));
    CHECK((fault->stand_between != nullptr) == (fault->layer == Layer::proxy));
    CHECK((fault->plan != nullptr) == (fault->layer == Layer::tls));
    const bool acts = is_step(fault->layer);
    if (acts) CHECK(fault->acts != nullptr);
  }
}

TEST_CASE("what is legal is no reason to leave; what ends a connection, or must not be taken, is") {
  for (const Fault* fault : all()) {
    if (!is_step(fault->layer) && fault->layer != Layer::handshake) continue;
    CAPTURE(fault->name);
    if (fault->background.find("Legal:") == 0) CHECK_FALSE(may_be_left_for(*fault));
    if (fault->correct.find("Goes on") == 0) CHECK_FALSE(may_be_left_for(*fault));
    if (fault->correct.find("or fails the connection") != std::string_view::npos)
      CHECK(may_be_left_for(*fault));
    if (fault->layer == Layer::drop || !fault->fails_with.empty()) CHECK(may_be_left_for(*fault));
  }
}

TEST_CASE("faults are found by layer and name") {
  REQUIRE(find(Layer::drop, "reset") != nullptr);
  CHECK(find(Layer::drop, "reset")->name == "reset");
  CHECK(find(Layer::handshake, "reset") == nullptr);
  CHECK(find(Layer::drop, "") == nullptr);
  CHECK(names(Layer::drop) == std::vector<std::string>{"bad-record-mac", "deaf", "fin", "mid-frame",
                                                       "mid-message", "no-close-notify",
                                                       "oversized-record", "reset", "silent"});
}

TEST_CASE("what a scenario leaves out gets its default, what it says stays") {
  Use use{find(Layer::drop, "mid-frame"), {{"sent", std::int64_t{1}}}};
  complete(use);
  CHECK(use.arguments ==
        Arguments{{"end", "reset"}, {"length", std::int64_t{64}}, {"sent", std::int64_t{1}}});
}
