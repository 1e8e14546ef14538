// Why an expectation was not decided, or is not judged: plain data. report/ has the words.
#pragma once

#include <cstddef>
#include <string>
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
/// There were no more gaps, and nothing asked the client for more attempts.
struct TooFewGaps {
  enum class Because {
    allowed,   ///< `attempts` asks for no more.
    lives,     ///< The client kept its last connection.
    in_order,  ///< That ended in good order, and the client stayed away.
  };
  std::size_t gaps = 0;
  Because because = Because::allowed;
};
/// There were enough gaps, but only so many are known from below, too.
struct GapsFromAbove {
  std::size_t gaps = 0;
  std::size_t known = 0;
};
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
/// A client that does not report may have noticed in time without a sign that anybody sees.
struct SignHidden {
  enum class By {
    device_off,           ///< Nothing left the client's device.
    data,                 ///< Its FIN waited behind data that nobody acknowledged.
    nothing_before_next,  ///< Its next attempt was the first sign.
  };
  seen::Silence silence;
  By by = By::device_off;
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
/// What the client was to answer may have come to it so late that its time was not up.
struct HeldUp {
  Duration since{};
  Duration until{};
};
/// It speaks of an attempt that there was not.
struct NoAttempt {
  int attempt = 0;
};
/// The run never came to what it speaks of.
struct NothingToSee {};
/// No request went to that host.
struct NoRequestTo {
  std::string host;
};
/// The connection ended in good order, and the client stayed away.
struct EndedInOrder {};
/// An optional step: its connection was over before it was done.
struct PassedOver {};
/// What a browser takes says nothing about its page.
struct MemoryOfBrowser {};
struct MemoryUnknown {};

}  // namespace why

/// None: nothing needs a reason.
using Why =
    std::variant<std::monostate, why::CutOff, why::GapUnknown, why::TooFewGaps, why::GapsFromAbove,
                 why::GapsDoNotTell, why::ToldTogether, why::TooShortToGiveUp, why::SignHidden,
                 why::StillSilent, why::StillLost, why::NothingSilent, why::NothingLost,
                 why::NoReports, why::Unreported, why::NotFailed, why::HeldUp, why::NoAttempt,
                 why::NothingToSee, why::NoRequestTo, why::EndedInOrder, why::PassedOver,
                 why::MemoryOfBrowser, why::MemoryUnknown>;

}  // namespace halfopen::judge
