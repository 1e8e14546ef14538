// --filter: an expression over tags and names that chooses scenarios.
#pragma once

#include <string>
#include <vector>

#include "scenario/scenario.h"

namespace halfopen::cli {

/// `tls and not slow`, `proxy/* or dns/*`, `(tls or dns) and not conformance`. A word is a tag, the
/// name of a scenario or a folder of it; `*` and `?` in it stand for any characters, and for any
/// one. `not` binds closest, then `and`, then `or`.
class Filter {
 public:
  struct Word {
    std::string text;
    int column = 0;  ///< From 1.
  };

  /// Throws Error, with the place, where the text is no such expression.
  explicit Filter(const std::string& text);

  [[nodiscard]] bool fits(const scenario::Scenario& scenario) const;
  /// All that stand in it.
  [[nodiscard]] const std::vector<Word>& words() const { return words_; }
  /// The message about that place of the expression: with the expression, and a caret below.
  [[nodiscard]] static std::string at(const std::string& text, int column,
                                      const std::string& message);

 private:
  friend class FilterParser;
  struct Node {
    enum class Kind { word, negation, all, any };
    Kind kind = Kind::word;
    std::string word;
    std::vector<Node> parts;
  };
  [[nodiscard]] static bool holds(const Node& node, const scenario::Scenario& scenario);

  std::vector<Word> words_;  ///< Before the root, whose making fills it.
  Node root_;
};

/// Whether the word is a tag of the scenario, its name or a folder of it.
[[nodiscard]] bool word_fits(const std::string& word, const scenario::Scenario& scenario);
/// What a word may be for that scenario: its tags, its name and the folders of it.
[[nodiscard]] std::vector<std::string> labels_of(const scenario::Scenario& scenario);

}  // namespace halfopen::cli
