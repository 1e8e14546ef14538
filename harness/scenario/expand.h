// What comes before a scenario is read: `include`, `[variables]` and `[matrix]` make plain
// documents of its file, one for each run, in which every value still knows the place that it came
// from.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "scenario/include.h"
#include "scenario/matrix.h"
#include "scenario/scenario.h"
#include "scenario/variables.h"

namespace halfopen::scenario {

/// What a scenario is given beside its file.
struct Given {
  ReadPart read{};  ///< For `include`; none: nothing is read.
  /// Values for variables, in place of those in the file: name and text. Names that the file does
  /// not have are passed over.
  std::vector<std::pair<std::string, std::string>> set{};
};

/// One run of a file.
struct Expanded {
  std::string run;  ///< "code=1000"; "" where there is no [matrix].
  Node::Table document;
  std::vector<Variable> variables;
};

/// A scenario's file, its parts in it, before names have values.
class Template {
 public:
  /// Reports what is wrong with `include`, `[variables]` and `[matrix]`; their keys are gone from
  /// the document then.
  Template(Node::Table document, Sources& sources, const Given& given, Problems& problems);

  [[nodiscard]] const std::vector<Combination>& runs() const { return runs_; }
  /// The document of that run; reports what its names do not stand for.
  [[nodiscard]] Expanded expand(const Combination& run, Problems& problems);
  /// Reports the names that no run has used. Those that only a part defines may be for others.
  void report_unused(const Sources& sources, Problems& problems) const;

  /// All names that have a value.
  [[nodiscard]] std::vector<std::string> names() const;
  /// What of Given::set was taken.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& set() const { return set_; }

 private:
  void read_variables(const Node& node, Problems& problems);
  void set(const Given& given);

  Node document_;
  std::size_t weight_ = 0;
  Values variables_;
  std::vector<Axis> axes_;
  std::vector<Combination> runs_;  ///< They point into `axes_`.
  std::vector<std::pair<std::string, std::string>> set_;
  std::set<std::string> used_;
  Room room_;
};

}  // namespace halfopen::scenario
