// A scenario and the files that it includes, given as texts; and what is said about them.
#pragma once

#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "base/error.h"
#include "scenario/loader.h"

namespace halfopen::scenario {

using Files = std::map<std::string, std::string>;

/// Loads "my/story.toml" of these files.
inline LoadedScenarios load_files(const Files& files, Given given = {}) {
  given.read = [&files](const std::string& path) {
    const auto found = files.find(path);
    if (found == files.end()) throw Error("reading " + path, "there is no such file");
    return found->second;
  };
  return load_scenarios(files.at("my/story.toml"), "my/story.toml", given);
}

inline LoadedScenarios load_text(const std::string& text, Given given = {}) {
  return load_files({{"my/story.toml", text}}, std::move(given));
}

/// "FILE:LINE: MESSAGE", a line each.
inline std::string said(const LoadedScenarios& loaded) {
  std::string text;
  for (const Diagnostic& each : loaded.diagnostics)
    text += each.file + ":" + std::to_string(each.place.line) + ": " + each.message + "\n";
  return text;
}

/// The one scenario that it makes.
inline Scenario only(const LoadedScenarios& loaded) {
  INFO(said(loaded));
  REQUIRE(loaded.scenarios.size() == 1);
  return loaded.scenarios.front();
}

}  // namespace halfopen::scenario
