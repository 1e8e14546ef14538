// The rules beside the steps, in words.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/units.h"
#include "scenario/scenario.h"
#include "scenario/words.h"

namespace halfopen::scenario {
namespace {

std::string times_of(int times) { return times == 1 ? "once" : fmt::format("{} times", times); }

/// The answer as it is written, with its places.
struct PartInWords {
  bool binary;

  std::string operator()(const std::string& bytes) const {
    if (!binary) return bytes;
    std::string out;
    for (const char byte : bytes)
      out += fmt::format("{}{:02x}", out.empty() ? "" : " ", static_cast<unsigned char>(byte));
    return out;
  }
  std::string operator()(const QuotedGroup& group) const {
    return fmt::format("{{{}}}", group.number);
  }
  std::string operator()(const QuotedField& field) const {
    return fmt::format("{{json.{}}}", fmt::join(field.path, "."));
  }
  std::string operator()(const Counted&) const { return "{n}"; }
};

std::string in_words(const Wording& wording) {
  std::string out;
  for (const auto& part : wording.parts) {
    if (wording.binary && !out.empty()) out += " ";
    out += std::visit(PartInWords{wording.binary}, part);
  }
  return wording.binary ? "the bytes " + printable(as_bytes(out), 60) : in_quotes(out);
}

std::string attempts_of(const CountRange& attempts) {
  if (attempts.lo <= 1 && attempts.hi == no_limit) return "";
  return fmt::format(", in attempts {}", format(attempts));
}

}  // namespace

std::string in_words(const Reply& rule) {
  std::string out = "Whenever ";
  switch (rule.to) {
    case Occasion::message:
      out += "the client sends " + in_words(rule.match);
      break;
    case Occasion::open:
      out += "a connection opens";
      break;
    case Occasion::ping:
      out += "the client pings";
      break;
    case Occasion::close:
      out += "the client closes";
      break;
  }
  out += attempts_of(rule.attempts);
  if (rule.times) out += fmt::format(", {} a connection at most", times_of(*rule.times));
  out += ": ";
  if (rule.after > Duration::zero()) out += format(rule.after) + " later ";
  std::vector<std::string> done;
  if (rule.to == Occasion::ping) done.emplace_back("the pong");
  for (const Wording& wording : rule.with) done.push_back("send " + in_words(wording));
  if (rule.then) done.push_back(describe(*rule.then));
  if (rule.to == Occasion::close && !rule.then) done.emplace_back("the server's Close");
  return out + fmt::format("{}", fmt::join(done, ", then "));
}

std::string in_words(const Every& rule) {
  std::string out = fmt::format("Every {}", format(rule.time));
  if (rule.jitter > 0) out += fmt::format(" ± {}", format_share(rule.jitter));
  if (rule.times) out += fmt::format(", {}", times_of(*rule.times));
  return out + attempts_of(rule.attempts) + ": send " + in_words(rule.send);
}

}  // namespace halfopen::scenario
