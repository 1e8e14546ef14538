// What was seen, as it is in a verdict: plain data. report/ has the words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "judge/curve_fit.h"
#include "judge/growth.h"
#include "judge/timeline.h"
#include "trace/event.h"

namespace halfopen::judge {
namespace seen {

// ── attempts and the gaps between them ───────────────────────────────────────────────────────

/// What the client said or did that explains why there were no more: it gave up, or exited, or at
/// least had an error.
struct LastWord {
  bool gave_up = false;
  std::optional<trace::ClientExited> exit{};
  std::string error{};  ///< Its own; "" for none.
  Duration at{};        ///< When it gave up or exited.
};
/// When it tried, or got through.
struct Moments {
  enum class What { attempts, opens };
  What what = What::attempts;
  std::vector<Duration> times{};
  std::optional<LastWord> last_word{};
  bool no_address = false;  ///< None, and the client's command says nowhere where to connect.
};
struct Gap {
  int index = 0;  ///< From 1.
  Ending before;
  int after = 0;  ///< The attempt behind it …
  Duration began{};
  Duration length{};
  bool at_most = false;  ///< It may be shorter.
  bool none = false;     ///< That attempt began while the one before it lived.
};
/// A gap was wanted, and there were only so many.
struct NoGap {
  std::size_t gaps = 0;
};
/// All of them, and what is wrong with them.
struct Gaps {
  std::vector<Duration> lengths;
  std::variant<Growth, CurveFit> found;
  std::size_t runs = 1;  ///< So many have been looked at together; the lengths are of this one.
};
/// What speaks for or against the client's having given up.
struct GivingUp {
  enum class Sign {
    no_attempt,
    exited,
    lives,
    said_so,
    did_not_say,
    silence,
    short_silence,
    unnoticed,  ///< It takes a dead connection for alive.
    unseen,     ///< Its device had no link, and what it tried could not be seen.
  };
  Sign sign = Sign::no_attempt;
  Ending last{};       ///< Of the last attempt.
  Duration at{};       ///< When it exited or said so; else when the run ended.
  Duration silence{};  ///< After that attempt …
  Duration needed{};   ///< … and how much of it would tell.
};

// ── connections that are lost ────────────────────────────────────────────────────────────────

/// A connection that fell silent.
struct Silence {
  int attempt = 0;
  Duration since{};
  std::optional<Duration> noticed;  ///< None: not before the run ended.
  Duration run_end{};
};
/// None did.
struct NoSilence {};
/// A connection that was lost.
struct Loss {
  int attempt = 0;
  Duration at{};
  std::optional<Duration> opened;  ///< The next one; none before the run ended.
  Duration run_end{};
};
struct NoLoss {};
/// The client ended its last connection by itself.
struct EarlyEnd {
  int attempt = 0;
  Duration at{};
  Duration lived{};
  std::string error{};  ///< Its own; "" for none.
};

// ── what the client sent ─────────────────────────────────────────────────────────────────────

struct Close {
  int code = 0;
  std::optional<Duration> at{};
};
/// `by_client`: it is to be said whose is missing.
struct NoClose {
  bool by_client = false;
};
struct Messages {
  int count = 0;
  std::vector<Duration> times;  ///< Of the first of them.
};
/// The values of a field of a request.
struct Field {
  bool to_proxy = false;
  int attempt = 0;
  std::vector<std::string> values;  ///< Empty: it was not there.
  Duration at{};
};
/// None: in no attempt.
struct NoRequest {
  std::optional<int> attempt;
};
/// Of TLS.
struct HostName {
  std::string name;
};
struct NoTls {};
struct Alert {
  std::string name;  ///< "": none.
};
/// An attempt that came earlier than a server asked for.
struct Impatience {
  int attempt = 0;
  Duration waited{};
  Duration at{};
};
struct Step {
  trace::StepFailed failed;
  Duration at{};
  /// How the client had seen the connection end, where the step went on waiting all the same, or
  /// where that was the server's Close, which the client only answered.
  std::optional<Ending> before{};
};
/// A step that was under way when the time was up.
struct OpenStep {
  std::string text;
  int line = 0;
  Duration begun{};
  std::string file{};  ///< As in Failure.
};

// ── what the client said ─────────────────────────────────────────────────────────────────────

struct Report {
  trace::ClientEvent event;
  Duration at{};
};
/// All that it reported of one name.
struct Reports {
  std::string name;
  std::vector<Report> first;  ///< Of them …
  std::size_t more = 0;       ///< … and so many behind these.
  int fitted = 0;
};
struct Exit {
  trace::ClientExited exit;
  Duration at{};
  std::string error;  ///< Its own; "" for none.
};
struct Running {
  Duration run_end{};
};
struct NoLine {
  std::size_t lines = 0;
};
struct Memory {
  std::uint64_t from = 0;
  std::uint64_t to = 0;

  [[nodiscard]] std::uint64_t growth() const { return to - (from < to ? from : to); }
};

// ── invariants that are broken ───────────────────────────────────────────────────────────────

/// What the server's side saw.
struct Violation {
  std::string text;
  int attempt = 0;
  Duration first{};
  std::size_t more = 0;  ///< Times.
};
struct SameKey {
  int first = 0;
  int second = 0;
  std::string key;
};
struct HotLoop {
  int first = 0;  ///< Attempts, the last included.
  int last = 0;
  std::vector<Duration> gaps;
};
struct Comeback {
  Duration gave_up{};
  int attempt = 0;
  Duration began{};
};
/// Two attempts at once. `connecting`: one began while the other was; else both were open.
struct Overlap {
  bool connecting = false;
  int attempt = 0;
  Duration at{};
  int other = 0;
  Duration until{};  ///< When the other one was done; `forever`: not before the end of the run.
};
/// Two reports of one end.
struct TwoCloses {
  Report first;
  Report second;
  std::size_t attempts = 0;
};
/// More reports than ends.
struct TooManyCloses {
  std::size_t attempts = 0;
  std::size_t ended = 0;
  std::size_t closes = 0;
};
/// Ends without a report.
struct Untold {
  std::size_t opened = 0;
  std::size_t ended = 0;
  std::size_t closes = 0;
};
/// Behind TLS that should have failed.
struct Request {
  Duration at{};
};
struct OpenAfterBadAnswer {
  Duration open{};
  Duration answer{};
};
struct FrameAfterBadAnswer {
  trace::Opcode opcode = trace::Opcode::text;
  Duration frame{};
  Duration answer{};
};
struct KeptAfterBadAnswer {
  Duration answer{};
  Duration until{};
};
struct KeptAfterFault {
  Duration struck{};
  Duration until{};
  bool lives = false;  ///< To the end of the run.
};

}  // namespace seen

using Seen =
    std::variant<seen::Moments, seen::Gap, seen::NoGap, seen::Gaps, seen::GivingUp, seen::Silence,
                 seen::NoSilence, seen::Loss, seen::NoLoss, seen::EarlyEnd, seen::Close,
                 seen::NoClose, seen::Messages, seen::Field, seen::NoRequest, seen::HostName,
                 seen::NoTls, seen::Alert, seen::Impatience, seen::Step, seen::OpenStep,
                 seen::Reports, seen::Exit, seen::Running, seen::NoLine, seen::Memory,
                 seen::Violation, seen::SameKey, seen::HotLoop, seen::Comeback, seen::Overlap,
                 seen::TwoCloses, seen::TooManyCloses, seen::Untold, seen::Request,
                 seen::OpenAfterBadAnswer, seen::FrameAfterBadAnswer, seen::KeptAfterBadAnswer,
                 seen::KeptAfterFault>;

}  // namespace halfopen::judge
