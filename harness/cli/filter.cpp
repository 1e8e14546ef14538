#include "cli/filter.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

#include "base/diagnostic.h"
#include "base/error.h"

namespace halfopen::cli {
namespace {

// No expression that somebody writes is deeper; each level costs stack.
constexpr int deepest = 100;

/// With * and ?, as a shell has them; but `*` also stands for "/".
bool like(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t behind_star = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      behind_star = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++behind_star;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace

std::vector<std::string> labels_of(const scenario::Scenario& scenario) {
  std::vector<std::string> labels = scenario.tags;
  labels.push_back(scenario.name);
  if (!scenario.run.empty())  // its file's name
    labels.push_back(scenario.name.substr(0, scenario.name.size() - scenario.run.size() - 1));
  for (std::size_t slash = scenario.name.find('/', 1); slash != std::string::npos;
       slash = scenario.name.find('/', slash + 1))
    labels.push_back(scenario.name.substr(0, slash));
  return labels;
}

bool word_fits(const std::string& word, const scenario::Scenario& scenario) {
  return std::ranges::any_of(labels_of(scenario),
                             [&](const std::string& label) { return like(word, label); });
}

/// One token of look-ahead: `token_` is the next, "" at the end.
class FilterParser {
 public:
  FilterParser(const std::string& text, std::vector<Filter::Word>& words)
      : text_(text), words_(words) {
    next();
  }

  Filter::Node whole() {
    Filter::Node node = any();
    if (token_ == ")") wrong("there is no ( that this one closes");
    if (!token_.empty()) wrong(fmt::format("`and` or `or` is missing before `{}`", token_));
    return node;
  }

 private:
  using Node = Filter::Node;

  void next() {
    const auto is_space = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
    previous_ = std::exchange(token_, "");
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    begun_ = at_;
    if (at_ == text_.size()) return;
    if (text_[at_] == '(' || text_[at_] == ')') {
      token_ = text_[at_++];
      return;
    }
    while (at_ < text_.size() && !is_space(text_[at_]) && text_[at_] != '(' && text_[at_] != ')')
      token_ += text_[at_++];
  }

  [[noreturn]] void wrong(const std::string& message) const {
    throw Error(Filter::at(text_, static_cast<int>(begun_) + 1, message));
  }

  Node joined(Node::Kind kind, const char* word, Node (FilterParser::*part)()) {
    Node node{kind, "", {}};
    node.parts.push_back((this->*part)());
    while (token_ == word) {
      next();
      node.parts.push_back((this->*part)());
    }
    return node.parts.size() == 1 ? std::move(node.parts.front()) : std::move(node);
  }
  Node any() { return joined(Node::Kind::any, "or", &FilterParser::all); }
  Node all() { return joined(Node::Kind::all, "and", &FilterParser::one); }

  Node one() {
    if (++depth_ > deepest) wrong("this is nested too deeply");
    Node node = one_of_them();
    --depth_;
    return node;
  }

  Node one_of_them() {
    if (token_ == "not") {
      next();
      Node node{Node::Kind::negation, "", {}};
      node.parts.push_back(one());
      return node;
    }
    if (token_ == "(") {
      next();
      Node node = any();
      if (token_ != ")") wrong("a ) is missing");
      next();
      return node;
    }
    if (token_.empty() || token_ == ")" || token_ == "and" || token_ == "or")
      wrong("a tag or a name is missing" + (previous_.empty()
                                                ? std::string(" (like `tls and not slow`)")
                                                : fmt::format(" after `{}`", previous_)));
    words_.push_back({token_, static_cast<int>(begun_) + 1});
    Node node{Node::Kind::word, token_, {}};
    next();
    return node;
  }

  const std::string& text_;
  std::vector<Filter::Word>& words_;
  std::size_t at_ = 0;
  std::size_t begun_ = 0;  ///< Of the token.
  std::string token_;
  std::string previous_;
  int depth_ = 0;
};

Filter::Filter(const std::string& text) : root_(FilterParser(text, words_).whole()) {}

bool Filter::holds(const Node& node, const scenario::Scenario& scenario) {
  const auto part_holds = [&](const Node& part) { return holds(part, scenario); };
  switch (node.kind) {
    case Node::Kind::word:
      return word_fits(node.word, scenario);
    case Node::Kind::negation:
      return !holds(node.parts.front(), scenario);
    case Node::Kind::all:
      return std::ranges::all_of(node.parts, part_holds);
    case Node::Kind::any:
      return std::ranges::any_of(node.parts, part_holds);
  }
  return false;
}

bool Filter::fits(const scenario::Scenario& scenario) const { return holds(root_, scenario); }

std::string Filter::at(const std::string& text, int column, const std::string& message) {
  return fmt::format("column {}: {}\n    {}\n    {:>{}}", column, message, text, "^", column);
}

}  // namespace halfopen::cli
