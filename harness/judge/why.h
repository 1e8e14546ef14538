// Why an expectation was not decided, or is not judged: plain data. report/ has the words.
#pragma once

#include <variant>

#include "base/range.h"
#include "judge/seen.h"

namespace halfopen::judge {
namespace why {

/// A step failed, or else an expectation, and the run ended with it.
struct CutOff {
  bool by_step = true;
};
/// The gap lies somewhere between zero and what was seen.
struct GapUnknown {
  seen::Gap gap;
  DurationRange wanted;
};
/// One attempt was allowed.
struct NoSecondAttempt {};
/// Chance may have made these gaps. `curve`: the client has promised one.
struct GapsDoNotTell {
  seen::Gaps gaps;
  bool curve = false;
};
/// It held by the gaps of several runs.
struct ToldTogether {
  std::size_t runs = 0;
};
struct TooShortToGiveUp {
  seen::GivingUp seen;
};
/// The run ended before the client's time was up.
struct StillSilent {
  seen::Silence silence;
};
struct StillLost {
  seen::Loss loss;
};
/// The client kept its connection alive: none fell silent, none was lost.
struct NothingSilent {};
struct NothingLost {};
struct NoReports {};
/// An end that the client had not reported when the run was over, and could still have.
struct Unreported {
  Duration since{};
  Duration run_end{};
};
/// A connection that the client had not failed when the run was over, and could still have.
struct NotFailed {
  Duration since{};
  Duration run_end{};
};
/// It speaks of an attempt that there was not.
struct NoAttempt {
  int attempt = 0;
};
/// The connection ended in good order, and the client stayed away.
struct EndedInOrder {};
/// What a browser takes says nothing about its page.
struct MemoryOfBrowser {};
struct MemoryUnknown {};

}  // namespace why

/// None: nothing needs a reason.
using Why = std::variant<std::monostate, why::CutOff, why::GapUnknown, why::NoSecondAttempt,
                         why::GapsDoNotTell, why::ToldTogether, why::TooShortToGiveUp,
                         why::StillSilent, why::StillLost, why::NothingSilent, why::NothingLost,
                         why::NoReports, why::Unreported, why::NotFailed, why::NoAttempt,
                         why::EndedInOrder, why::MemoryOfBrowser, why::MemoryUnknown>;

}  // namespace halfopen::judge
