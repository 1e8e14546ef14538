#include "report/deviations.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/verdict_text.h"
#include "report/verdict_words.h"

namespace halfopen::report {
namespace {

using judge::Outcome;

// Null: expected to pass.
const scenario::KnownResult* known_of(const Result& result, const KnownByClient& known) {
  const auto client = known.find(result.trace.header.client);
  if (client == known.end()) return nullptr;
  const auto entry = client->second.find(result.trace.header.scenario);
  return entry == client->second.end() ? nullptr : &entry->second;
}

bool undecided(Outcome outcome) {
  return outcome == Outcome::inconclusive || outcome == Outcome::unsupported;
}

std::string seen(const Result& result) {
  const judge::Verdict& verdict = result.verdict;
  if (verdict.outcome == Outcome::fail)
    return "it failed: " + in_one_line(verdict.failures.front());
  if (verdict.outcome == Outcome::pass) return "it passed";
  return fmt::format("{}: {}", judge::name_of(verdict.outcome), in_words(verdict.reason));
}

struct Deviation {
  const Result* result = nullptr;
  std::string line;
};

std::vector<Deviation> all_deviations(const std::vector<Result>& results,
                                      const KnownByClient& known) {
  std::vector<Deviation> all;
  for (const Result& result : results) {
    const scenario::KnownResult* entry = known_of(result, known);
    const Outcome outcome = result.verdict.outcome;
    const std::string_view wanted = entry ? std::string_view(entry->verdict) : "pass";
    if (wanted == judge::name_of(outcome) || undecided(outcome)) continue;
    const trace::Header& header = result.trace.header;
    // Of several seeds one is enough to show what is known.
    if (entry && std::ranges::any_of(results, [&](const Result& other) {
          return other.trace.header.scenario == header.scenario &&
                 other.trace.header.client == header.client &&
                 judge::name_of(other.verdict.outcome) == wanted;
        }))
      continue;
    std::string line = fmt::format("{} {}: expected {}", header.scenario, header.client, wanted);
    if (entry) line += fmt::format(" ({}, line {})", entry->why, entry->place.line);
    all.push_back({&result, line + ", but " + seen(result)});
  }
  return all;
}

}  // namespace

std::vector<std::string> deviations(const std::vector<Result>& results,
                                    const KnownByClient& known) {
  std::vector<std::string> lines;
  for (Deviation& each : all_deviations(results, known)) lines.push_back(std::move(each.line));
  return lines;
}

std::vector<std::string> better_than_known(const std::vector<Result>& results,
                                           const KnownByClient& known) {
  std::vector<std::string> lines;
  for (Deviation& each : all_deviations(results, known))
    if (each.result->verdict.outcome == Outcome::pass) lines.push_back(std::move(each.line));
  return lines;
}

bool is_known_failure(const Result& result, const KnownByClient& known) {
  const scenario::KnownResult* entry = known_of(result, known);
  return entry != nullptr && entry->verdict == judge::name_of(Outcome::fail);
}

}  // namespace halfopen::report
