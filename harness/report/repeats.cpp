#include "report/repeats.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace halfopen::report {
namespace {

using judge::Outcome;

int weight(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return 0;
    case Outcome::unsupported:
      return 1;
    case Outcome::inconclusive:
      return 2;
    case Outcome::error:
      return 3;
    case Outcome::fail:
      return 4;
  }
  return 0;
}

auto identity_of(const Result& run) {
  const trace::Header& header = run.trace.header;
  return std::tie(header.scenario, header.scenario_file, header.scenario_hash, header.client,
                  header.client_given, header.link, header.seed);
}

}  // namespace

bool is_worse(Outcome outcome, Outcome than) { return weight(outcome) > weight(than); }

const Result& Repeats::worst() const {
  return **std::ranges::max_element(runs, [](const Result* one, const Result* other) {
    return is_worse(other->verdict.outcome, one->verdict.outcome);
  });
}

std::vector<Repeats> repeats_of(const std::vector<const Result*>& runs) {
  std::map<decltype(identity_of(*runs.front())), std::size_t> places;
  std::vector<Repeats> all;
  for (const Result* run : runs) {
    const auto place = places.try_emplace(identity_of(*run), all.size());
    if (place.second) all.emplace_back();
    all[place.first->second].runs.push_back(run);
  }
  return all;
}

}  // namespace halfopen::report
