#include "report/row_reason.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "report/cause.h"
#include "report/columns.h"
#include "report/verdict_text.h"
#include "report/verdict_words.h"

namespace halfopen::report {
namespace {

using judge::Outcome;
using Clients = std::set<std::string>;

/// Those of a row that have one thing in common.
struct Shared {
  const Result* first = nullptr;
  Clients clients;
};

/// Failures of one cause; errors, for which there is none, come last.
struct ByCause {
  bool operator()(const Cause* one, const Cause* other) const {
    if (one == nullptr || other == nullptr) return one != nullptr;
    return std::less<>()(one, other);  // they stand in one table
  }
};

std::string what(const Result& result) {
  const judge::Failure* failure = main_failure(result);
  if (failure == nullptr) return in_words(result.verdict.reason);
  return path_of(failure->expectation) + ": " + expected_and_seen(*failure);
}

}  // namespace

RowReasons::RowReasons(const std::vector<Result>& results, const std::vector<std::string>& clients,
                       const std::vector<std::string>& titles)
    : clients_(clients), titles_(titles) {
  for (const Result& result : results) {
    const Outcome outcome = result.verdict.outcome;
    if (outcome == Outcome::fail || outcome == Outcome::error)
      bad_[result.trace.header.scenario].push_back(&result);
  }
}

std::string RowReasons::of(const std::string& scenario, const Style& style) const {
  const auto bad = bad_.find(scenario);
  if (bad == bad_.end()) return "";
  std::map<const Cause*, Shared, ByCause> by_cause;
  Clients all;
  for (const Result* result : bad->second) {
    Shared& shared = by_cause[cause_of(*result)];
    if (shared.first == nullptr) shared.first = result;
    shared.clients.insert(result->trace.header.client);
    all.insert(result->trace.header.client);
  }
  const auto& [cause, shared] = *by_cause.begin();
  const std::string does = cause != nullptr ? std::string(cause->does) : "could not be run";
  std::string names;  // in the order of the columns
  for (std::size_t i = 0; i < clients_.size(); ++i)
    if (shared.clients.contains(clients_[i])) names += (names.empty() ? "" : ", ") + titles_[i];
  std::string line = "the client " + does;
  // "reference crashes", but "2: the client crashes" where the columns are numbered.
  const bool named = names == printable_line(*shared.clients.begin());
  if (clients_.size() > 1) line = named ? names + " " + does : names + ": " + line;
  const std::size_t others = all.size() - shared.clients.size();
  if (others > 0) line += fmt::format(" (and {} more {})", others, others == 1 ? "fails" : "fail");
  line += ": " + what(*shared.first);
  return "  " + fit(printable_line(line), style.width - 2) + "\n";
}

}  // namespace halfopen::report
