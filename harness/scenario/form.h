// The form of a value: what it is called, how it is read, and what it may look like. Said once, and
// the loader's messages, the reference and the JSON Schema all work from it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenario/document.h"
#include "scenario/shape.h"
#include "scenario/values.h"

namespace halfopen::scenario {

template <class T>
struct Form {
  std::string words;  ///< As in "`key` must be WORDS": "a duration".
  Shape shape;
  /// The value, or none and a message that says why.
  std::function<std::optional<T>(const Node&, const KeySite&)> read;

  std::optional<T> operator()(const Node& node, const KeySite& at) const { return read(node, at); }
};

/// The forms that many keys have. Those of one key stand beside it.
namespace form {

inline const Form<std::string> text{"a string", shape::Text{}, as_text};
inline const Form<std::vector<std::string>> texts{"an array of strings",
                                                  shape::list_of(shape::Text{}), as_texts};
inline const Form<bool> flag{"true or false", shape::Flag{}, as_flag};
inline const Form<bool> only_true{"true", shape::True{}, as_true};
inline const Form<Duration> duration{"a duration", shape::duration(), as_duration};
inline const Form<DurationRange> duration_range{"a range of durations", shape::duration_range(),
                                                as_duration_range};
inline const Form<CountRange> count_range{"a count or a range of counts", shape::count_range(),
                                          as_count_range};
inline const Form<double> share{"a share", shape::share(), as_share};
inline const Form<double> probability{"a share or a number from 0 to 1", shape::probability(),
                                      as_probability};
inline const Form<double> rate{"a rate", shape::rate(), as_rate};
inline const Form<std::uint64_t> size{"a size", shape::size(), as_size};
inline const Form<SizeRange> size_range{"a range of sizes", shape::size_range(), as_size_range};
inline const Form<std::string> regex{"a regular expression", shape::Text{}, as_regex};
inline const Form<Bytes> hex{"bytes in hexadecimal", shape::Text{"^[0-9a-fA-F \\t\\n]*$"}, as_hex};
inline const Form<std::string> host{"a host name", shape::Text{}, as_text};

/// A whole number within limits.
inline Form<int> whole(std::int64_t lowest, std::int64_t highest) {
  return {"a whole number", shape::Whole{lowest, highest}, as_whole{lowest, highest}};
}
/// The number of an attempt.
inline const Form<int> attempt = whole(1, 1'000'000);
/// A Close code; which ones, is a matter of the key.
inline Form<int> close_code(std::int64_t lowest, std::int64_t highest) {
  return {"a Close code", shape::Whole{lowest, highest}, as_whole{lowest, highest}};
}
/// An HTTP status; which ones, is a matter of the key.
inline Form<int> status(std::function<std::optional<int>(const Node&, const KeySite&)> read) {
  return {"an HTTP status", shape::Whole{100, 599}, std::move(read)};
}

/// One of a few words, each of which means a T. `what` they are is said where it is none of them.
template <class T>
Form<T> one_of(const std::vector<std::pair<std::string, T>>& meanings, const std::string& what) {
  std::vector<std::string> words;
  std::vector<std::string> quoted;
  std::vector<T> values;
  for (const auto& [word, value] : meanings) {
    words.push_back(word);
    quoted.push_back("\"" + word + "\"");
    values.push_back(value);
  }
  return {listed(quoted), shape::Words{words},
          [word = as_word{words, what}, values](const Node& node,
                                                const KeySite& at) -> std::optional<T> {
            const auto found = word(node, at);
            return found ? std::optional(values[*found]) : std::nullopt;
          }};
}

}  // namespace form
}  // namespace halfopen::scenario
