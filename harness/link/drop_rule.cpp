#include "link/drop_rule.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <sstream>
#include <vector>

#include "base/diagnostic.h"
#include "base/range.h"

namespace halfopen::link {
namespace {

using Kind = DropRule::Kind;

struct Name {
  const char* text;
  Kind kind;
  std::optional<Direction> usual;  ///< The direction of a rule that names none.
};

constexpr std::array<Name, 7> names{{{"syn", Kind::syn, Direction::up},
                                     {"syn-ack", Kind::syn_ack, Direction::down},
                                     {"data", Kind::data, Direction::up},
                                     {"ack", Kind::ack, Direction::up},
                                     {"fin", Kind::fin, std::nullopt},
                                     {"rst", Kind::rst, std::nullopt},
                                     {"any", Kind::any, std::nullopt}}};

const Name* find_name(std::string_view text) {
  for (const Name& name : names)
    if (name.text == text) return &name;
  return nullptr;
}

const Name& name_of(Kind kind) {
  for (const Name& name : names)
    if (name.kind == kind) return name;
  return names.back();
}

std::vector<std::string> split(std::string_view text) {
  std::istringstream in{std::string(text)};
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(std::move(word));
  return words;
}

/// A whole number from 1 to 999,999,999 and nothing else.
std::optional<int> read_count(std::string_view text) {
  int value = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || rest != end || value < 1 || value > 999'999'999) return std::nullopt;
  return value;
}

/// Reads word by word; the first problem ends it.
class Reader {
 public:
  explicit Reader(std::string_view text) : words_(split(text)) {
    rule_.text = std::string(text);
    rule_.last = no_limit;
  }

  Parsed<DropRule> read() {
    take_direction();
    take_kind();
    if (problem_.empty() && next_ < words_.size() && word()[0] != 'x') take_numbers();
    if (problem_.empty() && next_ < words_.size() && word()[0] == 'x') take_transmissions();
    if (problem_.empty() && next_ < words_.size())
      problem_ = fmt::format(
          "`{}` is one word too many: write [up|down] KIND [N or N-M] [xK], such as "
          "`down data 5 x3`",
          word());
    if (!problem_.empty()) return {std::nullopt, problem_};
    return {rule_, ""};
  }

 private:
  [[nodiscard]] const std::string& word() const { return words_[next_]; }

  void take_direction() {
    if (next_ == words_.size()) return;
    if (word() == "up") rule_.direction = Direction::up;
    if (word() == "down") rule_.direction = Direction::down;
    if (rule_.direction) ++next_;
  }

  void take_kind() {
    if (next_ == words_.size()) {
      problem_ =
          "it does not say what to drop: name one of syn, syn-ack, data, ack, fin, rst and any, "
          "such as `syn 1-3` or `down data 5`";
      return;
    }
    const Name* const name = find_name(word());
    if (name == nullptr) {
      const std::vector<std::string> known{"up",  "down", "syn", "syn-ack", "data",
                                           "ack", "fin",  "rst", "any"};
      problem_ =
          fmt::format("`{}` cannot be dropped: write syn, syn-ack, data, ack, fin, rst or any{}",
                      word(), did_you_mean(word(), known));
      return;
    }
    rule_.kind = name->kind;
    ++next_;
    check_direction(*name);
  }

  /// The opening packets go one way only.
  void check_direction(const Name& name) {
    const bool one_way = name.kind == Kind::syn || name.kind == Kind::syn_ack;
    if (!one_way || !rule_.direction || rule_.direction == name.usual) return;
    problem_ = fmt::format("a {} only goes {}: write `{}`", name.text,
                           name.kind == Kind::syn ? "up, from the client" : "down, from the server",
                           name.text);
  }

  void take_numbers() {
    const std::string& text = word();
    const std::size_t dash = text.find('-');
    const auto first = read_count(std::string_view(text).substr(0, dash));
    const auto last =
        dash == std::string::npos ? first : read_count(std::string_view(text).substr(dash + 1));
    const char* const kind = name_of(rule_.kind).text;
    if (!first || !last) {
      problem_ = fmt::format(
          "`{}` does not say which: write a number from 1, such as `{} 5`, or a range, such as "
          "`{} 5-7`",
          text, kind, kind);
    } else if (*first > *last) {
      problem_ = fmt::format("`{}` is empty: write `{}-{}`", text, *last, *first);
    } else {
      rule_.first = *first;
      rule_.last = *last;
      ++next_;
    }
  }

  void take_transmissions() {
    const auto times = read_count(std::string_view(word()).substr(1));
    if (!times) {
      problem_ = fmt::format(
          "`{}` does not say how many transmissions are lost: write a number from 1 behind the x, "
          "such as `x3`",
          word());
    } else if (rule_.kind != Kind::data) {
      const char* const kind = name_of(rule_.kind).text;
      problem_ = fmt::format(
          "`{}` is for data only; every transmission of a {} counts anew: write `{} 1-{}`", word(),
          kind, kind, *times);
    } else {
      rule_.transmissions = *times;
      ++next_;
    }
  }

  std::vector<std::string> words_;
  std::size_t next_ = 0;
  DropRule rule_;
  std::string problem_;
};

/// Which number the unit has among those that the rule counts; 0 if it is none of them.
int number_of(const DropRule& rule, const Identity& identity) {
  switch (rule.kind) {
    case Kind::any:
      return identity.count;
    case Kind::fin:
      return identity.fin;
    case Kind::data:
      if (identity.nth > rule.transmissions) return 0;
      return identity.kind == Kind::data ? identity.ordinal : 0;
    case Kind::syn:
    case Kind::syn_ack:
    case Kind::ack:
    case Kind::rst:
      return identity.kind == rule.kind ? identity.ordinal : 0;
  }
  return 0;
}

}  // namespace

Parsed<DropRule> parse_drop_rule(std::string_view text) { return Reader(text).read(); }

bool matches(const DropRule& rule, Direction direction, const Identity& identity) {
  const auto wanted = rule.direction ? rule.direction : name_of(rule.kind).usual;
  if (wanted && wanted != direction) return false;
  const int number = number_of(rule, identity);
  return number > 0 && rule.first <= number && number <= rule.last;
}

}  // namespace halfopen::link
