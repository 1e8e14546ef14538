// How an answer is written in a scenario: text or hexadecimal, with places that are filled in for
// each message.
#pragma once

#include <optional>

#include "scenario/form.h"
#include "scenario/reply.h"

namespace halfopen::scenario {

/// What an answer may quote.
struct Quotable {
  const Pattern* pattern = nullptr;  ///< Its groups.
  bool message = false;              ///< The fields of its JSON document.
};

/// A string, or { hex = … }. Reports a place for which nothing is filled in.
[[nodiscard]] std::optional<Wording> as_wording(const Node& node, const KeySite& at,
                                                const Quotable& quotable);

}  // namespace halfopen::scenario
