// harness/judge/CURVES.md shows what the judge says of many curves. Here its tables are made anew.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <functional>
#include <sstream>

#include "curves.h"
#include "support/places.h"

namespace halfopen::judge {
namespace {

using namespace std::chrono_literals;
using Jitter = Policy::Jitter;
using Flaw = CurveClient::Flaw;

struct Column {
  std::size_t runs;
  std::size_t gaps;
};

using Judge = std::function<Answer(const CurveClient&, const std::vector<Gaps>&)>;

std::string cell(const CurveClient& client, const Column& column, const Judge& judge) {
  constexpr int samples = 200;
  int yes = 0;
  int no = 0;
  for (std::uint64_t i = 0; i < samples; ++i) {
    const Answer answer = judge(client, client.runs(column.runs, column.gaps, i));
    yes += answer == Answer::yes ? 1 : 0;
    no += answer == Answer::no ? 1 : 0;
  }
  const auto share = [](int count) { return (200 * count + samples) / (2 * samples); };
  return fmt::format(" {} / {} |", share(yes), share(no));
}

std::string row(const std::string& name, const CurveClient& client,
                const std::vector<Column>& columns, const Judge& judge) {
  std::string row = fmt::format("| {} |", name);
  for (const Column& column : columns) row += cell(client, column, judge);
  return row + "\n";
}

std::string heading(const std::vector<Column>& columns) {
  std::string names = "| delays |";
  std::string rule = "|---|";
  for (const Column& column : columns) {
    names += column.runs == 1 ? fmt::format(" {} |", column.gaps)
                              : fmt::format(" {} × {} |", column.runs, column.gaps);
    rule += "---|";
  }
  return names + "\n" + rule + "\n";
}

std::string jitter_name(const Policy& policy) {
  switch (policy.jitter) {
    case Jitter::none:
      return "no jitter";
    case Jitter::share:
      return fmt::format("± {:.0f} %", policy.share * 100);
    case Jitter::equal:
      return "equal jitter";
    case Jitter::full:
      return "full jitter";
    case Jitter::decorrelated:
      return "decorrelated";
  }
  return {};
}

std::string flaw_name(Flaw flaw) {
  switch (flaw) {
    case Flaw::none:
      return "right";
    case Flaw::constant:
      return "constant";
    case Flaw::hot:
      return "hot";
    case Flaw::falls_back:
      return "sawtooth";
    case Flaw::capless:
      return "capless";
  }
  return {};
}

std::vector<Policy> policies() {
  return {doubling(Jitter::none),
          doubling(0.1),
          doubling(0.2),
          doubling(0.5),
          doubling(Jitter::equal),
          doubling(Jitter::full),
          doubling(Jitter::decorrelated)};
}

std::string table(std::initializer_list<Flaw> flaws, std::optional<Duration> cap,
                  const std::vector<Column>& columns, const Judge& judge) {
  std::string table = heading(columns);
  for (const Flaw flaw : flaws)
    for (Policy policy : policies()) {
      if (cap) policy.cap = cap;
      table += row(fmt::format("{}, {}", flaw_name(flaw), jitter_name(policy)),
                   {.policy = policy, .flaw = flaw}, columns, judge);
    }
  return table;
}

std::string page() {
  std::ifstream file(tests::in_tree("harness/judge/CURVES.md"));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("CURVES.md: the table of `growing` is what is said") {
  const std::string rows =
      table({Flaw::none, Flaw::constant, Flaw::falls_back, Flaw::hot}, {},
            {{1, 3}, {1, 5}, {1, 7}, {1, 10}, {1, 13}, {1, 24}, {4, 7}, {10, 7}},
            [](const CurveClient&, const std::vector<Gaps>& runs) { return grows(runs).answer; });
  CHECK_THAT(page(), Catch::Matchers::Contains(rows));
}

TEST_CASE("CURVES.md: the table of `curve` is what is said") {
  const std::string rows =
      table({Flaw::none, Flaw::constant, Flaw::falls_back, Flaw::hot, Flaw::capless}, 8s,
            {{1, 3}, {1, 5}, {1, 7}, {1, 10}, {4, 7}, {10, 7}},
            [](const CurveClient& client, const std::vector<Gaps>& runs) {
              return fits(client.policy, runs).answer;
            });
  CHECK_THAT(page(), Catch::Matchers::Contains(rows));
}

}  // namespace halfopen::judge
