// Scenarios that are loaded for a test.
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "scenario/loader.h"

namespace halfopen::scenario {

/// Loads `text` behind an `about` and in front of an [expect] table.
inline Scenario load(const std::string& text, const std::string& expect = "attempts = 1") {
  const std::string whole = "about = \"A test.\"\n" + text + "\n[expect]\n" + expect + "\n";
  const auto loaded = load_scenario(whole, "scenarios/drops/test.toml");
  for (const Diagnostic& diagnostic : loaded.diagnostics) UNSCOPED_INFO(render(diagnostic, whole));
  REQUIRE(loaded.value);
  return *loaded.value;
}

template <class T>
T step(const std::string& text) {
  const Scenario scenario = load("[[attempt]]\nsteps = [" + text + "]");
  REQUIRE(scenario.attempts.at(0).steps.size() == 1);
  REQUIRE(std::holds_alternative<T>(scenario.attempts[0].steps[0].body));
  return std::get<T>(scenario.attempts[0].steps[0].body);
}

}  // namespace halfopen::scenario
