// Single values of a scenario: each function turns one TOML value into what the model holds, or
// reports why it cannot, with what the key takes and an example.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/range.h"
#include "base/units.h"
#include "scenario/document.h"
#include "scenario/keys.h"
#include "scenario/problems.h"
#include "scenario/scenario.h"

namespace halfopen::scenario {

/// Where a value is read: its key (for messages) and where the mistakes go.
struct KeySite {
  const Key& key;
  Problems& problems;

  /// "`key` must be FORM, like `key = EXAMPLE`; found …"
  std::nullopt_t wrong_type(const Node& node) const;
  /// "`key`: PROBLEM" at that value.
  std::nullopt_t problem(const Node& node, std::string_view problem) const;
};

[[nodiscard]] std::optional<std::string> as_text(const Node& node, const KeySite& at);
[[nodiscard]] std::optional<bool> as_flag(const Node& node, const KeySite& at);
/// An optional that is set only by `true`.
[[nodiscard]] std::optional<bool> as_true(const Node& node, const KeySite& at);
[[nodiscard]] std::optional<Duration> as_duration(const Node& node, const KeySite& at);
[[nodiscard]] std::optional<DurationRange> as_duration_range(const Node& node, const KeySite& at);
/// A whole number, or a string like "3..5".
[[nodiscard]] std::optional<CountRange> as_count_range(const Node& node, const KeySite& at);
[[nodiscard]] std::optional<SizeRange> as_size_range(const Node& node, const KeySite& at);
[[nodiscard]] std::optional<double> as_share(const Node& node, const KeySite& at);
/// A share ("1%") or a plain number from 0 to 1.
[[nodiscard]] std::optional<double> as_probability(const Node& node, const KeySite& at);
[[nodiscard]] std::optional<double> as_rate(const Node& node, const KeySite& at);
/// A whole number of bytes, or a string like "64KiB".
[[nodiscard]] std::optional<std::uint64_t> as_size(const Node& node, const KeySite& at);
/// A string that compiles as an ECMAScript regular expression.
[[nodiscard]] std::optional<std::string> as_regex(const Node& node, const KeySite& at);
/// "81 05 68": bytes in hexadecimal, blanks allowed.
[[nodiscard]] std::optional<Bytes> as_hex(const Node& node, const KeySite& at);
[[nodiscard]] std::optional<std::vector<std::string>> as_texts(const Node& node, const KeySite& at);

/// Whether it is a token (RFC 9110, section 5.6.2; the same characters as in RFC 2616,
/// section 2.2).
[[nodiscard]] bool is_token(std::string_view text);

/// A whole number within limits.
struct as_whole {
  std::int64_t lowest = 0;
  std::int64_t highest = 0;

  std::optional<int> operator()(const Node& node, const KeySite& at) const;
};

/// One of a few words; reports the others with "did you mean".
struct as_word {
  std::vector<std::string> words;
  std::string what;  ///< "profile": for the message.

  /// The place of the word in `words`.
  std::optional<std::size_t> operator()(const Node& node, const KeySite& at) const;
};

/// "a, b or c"
[[nodiscard]] std::string listed(const std::vector<std::string>& words);

}  // namespace halfopen::scenario
