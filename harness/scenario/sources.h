// The files that a scenario is made of. Their lines are counted through, one file after the other,
// so that one number tells of a line and of the file that has it: a place, an event of a trace and
// a verdict need no more.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace halfopen::scenario {

/// A line of one of the files.
struct Origin {
  std::string file;  ///< "" for the scenario's own, which whoever asks knows.
  int line = 0;      ///< From 1; 0: no particular one.
};

class Sources {
 public:
  Sources() = default;
  /// The scenario's own file. Its lines are 1, 2, …, whatever else is added.
  Sources(std::string file, std::string text) { add(std::move(file), std::move(text)); }

  /// One more; returns how many lines come before its first.
  int add(std::string file, std::string text);

  struct Source {
    std::string file;
    std::string text;
    int before = 0;  ///< Lines of the files before it.
  };
  /// The scenario's own file first.
  [[nodiscard]] const std::vector<Source>& all() const { return all_; }
  /// Of the scenario's own file; "" where there is none.
  [[nodiscard]] const std::string& own_text() const;
  /// What was added behind the scenario's own file, as path and text.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> parts() const;

  /// Where the line with that number stands.
  [[nodiscard]] Origin origin(int line) const;
  /// The number of that line of that file ("": the scenario's own): what origin() undoes.
  [[nodiscard]] int number(const Origin& origin) const;
  /// "line 3", "line 3 of parts/login.toml"
  [[nodiscard]] std::string in_words(int line) const;
  /// The text of that file ("": the scenario's own); "" where it is none of these.
  [[nodiscard]] std::string_view text_of(std::string_view file) const;

 private:
  std::vector<Source> all_;
};

}  // namespace halfopen::scenario
