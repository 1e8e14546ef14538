// `[matrix]`: one file, a run for each combination of values.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "scenario/document.h"
#include "scenario/problems.h"

namespace halfopen::scenario {

/// A variable with several values, one after the other.
struct Axis {
  struct Choice {
    std::string label;  ///< "1000": its text, of characters that neither shells nor files mind.
    Node value;
  };
  std::string name;
  Place place;
  std::vector<Choice> choices;
};

/// The axes of that table, in its order; reports what is none.
[[nodiscard]] std::vector<Axis> read_matrix(const Node& matrix, Problems& problems);

/// The one value that an axis is held to.
[[nodiscard]] Axis::Choice choice_of(Node value);

/// One run of the file.
struct Combination {
  std::string label;  ///< "code=1000,wait=100ms"; "" where there is no axis.
  std::vector<std::pair<std::string, const Node*>> values;  ///< Of the axes, which must outlive it.
};

/// No file is more runs than this.
inline constexpr std::size_t most_combinations = 1000;
/// Each choice of every axis with each of the others; the last axis goes fastest. Reports too many.
[[nodiscard]] std::vector<Combination> combinations(const std::vector<Axis>& axes,
                                                    Problems& problems);

/// Whether a run with that label is among those that somebody named: "wait=100ms", "" for all.
[[nodiscard]] bool is_among(const std::string& label, const std::string& named);

}  // namespace halfopen::scenario
