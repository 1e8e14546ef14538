#include "report/verdict_words.h"

#include <fmt/format.h>

#include "base/units.h"
#include "report/seen_words.h"
#include "report/words.h"
#include "trace/noise.h"

namespace halfopen::report {
namespace {

using namespace judge;

struct WhyInWords {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(const why::CutOff& cut) const {
    return cut.by_step ? "the run ended with the failed step"
                       : "the run ended with the failed expectation";
  }
  std::string operator()(const why::GapUnknown& unknown) const {
    return fmt::format("{}; expected {}", in_words(unknown.gap), format(unknown.wanted));
  }
  std::string operator()(const why::TooFewGaps& few) const {
    using Because = why::TooFewGaps::Because;
    std::string seen = in_words(seen::NoGap{few.gaps}) + ": ";
    switch (few.because) {
      case Because::allowed:
        return seen + "no more attempts were asked for";
      case Because::lives:
        return seen + "the client kept its last connection alive";
      case Because::in_order:
        return seen + "the last connection ended in good order, and the client stayed away";
    }
    return seen;
  }
  std::string operator()(const why::GapsFromAbove& unseen) const {
    return fmt::format(
        "of {} gaps {} known from above only: nobody saw when the client gave up the attempts "
        "before them",
        unseen.gaps, unseen.known == 0 ? "all are" : "all but one are");
  }
  std::string operator()(const why::GapsDoNotTell& gaps) const {
    const std::string seen = in_words(gaps.gaps) + " do not tell";
    if (gaps.curve) return seen + ": let there be more attempts, or more runs (--seeds)";
    return seen +
           ", chance may have made them: let there be more attempts, or more runs (--seeds), or "
           "say "
           "what is promised (`curve`)";
  }
  std::string operator()(const why::ToldTogether& told) const {
    return fmt::format("the gaps of {} runs together tell", told.runs);
  }
  std::string operator()(const why::TooShortToGiveUp& silence) const {
    return in_words(silence.seen) + ": raise `within`, or let the client say \"gave-up\"";
  }
  std::string operator()(const why::SignHidden& hidden) const {
    using By = why::SignHidden::By;
    std::string silent = silence_of(hidden.silence) + ", and the client reports no events: ";
    switch (hidden.by) {
      case By::device_off:
        return silent + "nothing that it sent could leave its device";
      case By::data:
        return silent + "its FIN may have waited behind data that nobody acknowledged";
      case By::nothing_before_next:
        return silent + "it may have given it up before its next attempt";
    }
    return silent;
  }
  std::string operator()(const why::StillSilent& still) const {
    return in_words(still.silence) + ", before its time was up: raise `within`";
  }
  std::string operator()(const why::StillLost& still) const {
    return fmt::format("{}, and the run ended {} later, before the time was up: raise `within`",
                       loss_of(still.loss), span(still.loss.run_end - still.loss.at));
  }
  std::string operator()(const why::NothingSilent&) const {
    return "no connection fell silent: the client kept it alive";
  }
  std::string operator()(const why::NothingLost&) const {
    return "no connection was lost: the client kept it alive";
  }
  std::string operator()(const why::NoReports&) const { return "the client reports no events"; }
  std::string operator()(const why::Unreported& end) const {
    return fmt::format(
        "the client has reported no `close` of the end at {}, and the run ended {} later, before "
        "its time was up: raise `within`",
        moment(end.since), span(end.run_end - end.since));
  }
  std::string operator()(const why::NotFailed& kept) const {
    return fmt::format(
        "the client had not failed the connection for what came at {}, and the run ended {} later, "
        "before its time was up: raise `within`",
        moment(kept.since), span(kept.run_end - kept.since));
  }
  std::string operator()(const why::HeldUp& held) const {
    return fmt::format(
        "what the client was to answer was sent at {}, but the link may have held it up (or the "
        "client was stopped): {} later its time need not have been up",
        moment(held.since), span(held.until - held.since));
  }
  std::string operator()(const why::NoAttempt& no) const {
    return fmt::format("there was no attempt {}", no.attempt);
  }
  std::string operator()(const why::NothingToSee&) const {
    return "the run never came to what it speaks of";
  }
  std::string operator()(const why::NoRequestTo& to) const {
    return "no request went to " + to.host;
  }
  std::string operator()(const why::EndedInOrder&) const {
    return "the connection ended in good order, and the client stayed away";
  }
  std::string operator()(const why::PassedOver&) const {
    return "it is optional, and was passed over: the connection was over before it was done";
  }
  std::string operator()(const why::MemoryOfBrowser&) const {
    return "what a browser takes says nothing about its page";
  }
  std::string operator()(const why::MemoryUnknown&) const {
    return "it is not known, the client never opened or had ended";
  }
};

std::string on_a_quieter_machine(const std::string& why) {
  return why + "; run it on a quieter machine or with fewer --jobs";
}

struct ReasonInWords {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(const trace::Broken& broken) const { return broken.why; }
  std::string operator()(const trace::Unsupported& lack) const {
    return lack.what + (lack.remedy.empty() ? "" : "; " + lack.remedy);
  }
  std::string operator()(const reason::NoEnd&) const {
    return "the trace has no end: it was cut short, or halfopen was killed";
  }
  std::string operator()(const reason::Interrupted&) const { return "the run was interrupted"; }
  std::string operator()(const reason::NotStarted& not_started) const {
    return not_started.after_failure ? "not started: another run had failed (--fail-fast)"
                                     : "not started: halfopen was interrupted";
  }
  std::string operator()(const reason::Lost& lost) const { return on_a_quieter_machine(lost.what); }
  std::string operator()(const reason::Late& late) const {
    return on_a_quieter_machine(
        fmt::format("halfopen itself was late: {} in all, the longest {} at {}", span(late.total),
                    span(late.longest), moment(late.at)));
  }
  std::string operator()(const reason::LinkLate& late) const {
    return on_a_quieter_machine("halfopen's link was late, by up to " + span(late.most));
  }
  std::string operator()(const reason::Unstarted&) const {
    return on_a_quieter_machine("the client never fetched its page: it started too slowly");
  }
  std::string operator()(const reason::Undecided& undecided) const {
    const Decision& first = undecided.first;
    return path_of(first.expectation) + " is not decided: " + in_words(first.why);
  }
  std::string operator()(const reason::LeftOut& left_out) const {
    return fmt::format("{} {} were too many to keep, and nothing is known of them", left_out.count,
                       trace::in_words(left_out.kind));
  }
  std::string operator()(const reason::EventsMissing& missing) const { return missing.what; }
  std::string operator()(const reason::NothingJudged& nothing) const {
    const Decision& first = nothing.first;
    return fmt::format("nothing here can be judged: {}, {}", path_of(first.expectation),
                       in_words(first.why));
  }
};

}  // namespace

std::string in_words(const Seen& seen) {
  return std::visit([](const auto& each) { return in_words(each); }, seen);
}

std::string in_words(const Why& why) { return std::visit(WhyInWords{}, why); }

std::string in_words(const Reason& reason) { return std::visit(ReasonInWords{}, reason); }

}  // namespace halfopen::report
