// Attempts and the gaps between them, in words.
#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"
#include "report/seen_words.h"
#include "report/words.h"

namespace halfopen::report {
namespace {

using namespace judge;

std::string in_words(const seen::LastWord& last) {
  if (last.gave_up) return "; the client said at " + moment(last.at) + " that it gave up";
  if (!last.exit) return "; the client's last error: " + last.error;
  const std::string error = last.error.empty() ? "" : ": " + last.error;
  return fmt::format("; the client {} at {}{}", report::in_words(*last.exit), moment(last.at),
                     error);
}

std::string list(const std::vector<Duration>& gaps) {
  constexpr std::size_t most = 12;
  std::string text;
  for (std::size_t i = 0; i < std::min(gaps.size(), most); ++i)
    text += (i == 0 ? "" : ", ") + span(gaps[i]);
  return gaps.size() > most ? text + " …" : text;
}

struct WhatIsWrong {
  std::string operator()(const Growth& growth) const {
    if (!growth.stagnation) return "";
    switch (*growth.stagnation) {
      case Stagnation::constant:
        return ", always the same delay";
      case Stagnation::hot:
        return ", no delay worth the name";
      case Stagnation::falls_back:
        return fmt::format(", which begin anew at gap {}", growth.fell_back_at.value_or(0) + 1);
      case Stagnation::flat:
        return ", later ones no longer than earlier ones";
    }
    return "";
  }
  std::string operator()(const CurveFit& fit) const {
    if (!fit.misfit) return "";
    const std::string gap = fmt::format("gap {}", fit.gap + 1);
    switch (*fit.misfit) {
      case Misfit::too_short:
        return fmt::format("; {} is too short, {} was allowed", gap, format(fit.allowed));
      case Misfit::too_long:
        return fmt::format("; {} is too long, {} was allowed", gap, format(fit.allowed));
      case Misfit::beyond_cap:
        return fmt::format("; {} is beyond the cap, {} was allowed", gap, format(fit.allowed));
      case Misfit::too_short_together:
        return fmt::format("; all together are so short by chance in {:.1g} of all runs",
                           fit.chance);
    }
    return "";
  }
};

}  // namespace

std::string in_words(const seen::Moments& seen) {
  const char* what = seen.what == seen::Moments::What::attempts ? "attempt" : "open";
  const std::string count =
      seen.times.empty() ? std::string("no ") + what : count_of(seen.times.size(), what);
  std::string text = count + at_moments(seen.times);
  if (seen.last_word) text += in_words(*seen.last_word);
  if (seen.no_address)
    text +=
        "; the address stands nowhere in the command, unless it reads HALFOPEN_URL: write {url} "
        "where it belongs";
  return text;
}

std::string in_words(const seen::Gap& seen) {
  const std::string before = in_words(seen.before);
  const std::string began = moment(seen.began);
  if (seen.none)
    return fmt::format("there was no gap {}: attempt {} began at {}, and {}", seen.index,
                       seen.after, began, before);
  return fmt::format("gap {} was {}{} ({}, attempt {} began at {})", seen.index,
                     seen.at_most ? "at most " : "", span(seen.length), before, seen.after, began);
}

std::string in_words(const seen::NoGap& seen) {
  return seen.gaps == 0 ? "there was no second attempt, and so no gap"
                        : "there was no more than " + count_of(seen.gaps, "gap");
}

std::string in_words(const seen::Gaps& seen) {
  if (seen.lengths.empty()) return "no gap";
  const std::string others =
      seen.runs > 1 ? " and those of " + count_of(seen.runs - 1, "other run") : "";
  return "gaps of " + list(seen.lengths) + others + std::visit(WhatIsWrong{}, seen.found);
}

std::string in_words(const seen::GivingUp& seen) {
  using Sign = seen::GivingUp::Sign;
  const std::string last = in_words(seen.last);
  switch (seen.sign) {
    case Sign::no_attempt:
      return "there was no attempt at all";
    case Sign::exited:
      return "the client exited at " + moment(seen.at);
    case Sign::lives:
      return fmt::format("attempt {} still lives at the end of the run", seen.last.attempt);
    case Sign::said_so:
      return "the client said at " + moment(seen.at) + " that it gave up";
    case Sign::did_not_say:
      return fmt::format("{}, and the client did not say that it gave up until the run ended at {}",
                         last, moment(seen.at));
    case Sign::silence:
      return fmt::format("{}, and nothing came after it until the run ended at {}", last,
                         moment(seen.at));
    case Sign::short_silence:
      return fmt::format("{}, and only {} of silence followed (it takes {} to tell)", last,
                         span(seen.silence), span(seen.needed));
    case Sign::unnoticed:
      return last + ", and nothing shows that the client has noticed";
    case Sign::unseen:
      return last + ", and without a link nothing that the client tries is seen";
  }
  return "";
}

}  // namespace halfopen::report
