// Several runs of one client under one scenario: what chance may have made in each of them, their
// gaps decide together.
#include <algorithm>
#include <vector>

#include "tale.h"

using namespace halfopen;
using namespace halfopen::judge;

namespace {

const std::string growing = "[expect]\ngrowing = true";

/// Attempts that are refused, so far apart.
Tale apart(const std::vector<double>& gaps, const std::string& why = "settled") {
  Tale tale = Tale().closed_port({0});
  double at = 0;
  for (const double gap : gaps) tale.closed_port({at += gap + 0.001});
  return tale.over(at + 1, why);
}

/// What each run is found to be, once they have been looked at together.
std::vector<std::string> together(const std::string& toml, const std::vector<Tale>& tales) {
  const scenario::Scenario scenario = scenario_of(toml);
  std::vector<Verdict> verdicts;
  for (const Tale& tale : tales) verdicts.push_back(judge::judge(scenario, tale.trace()));
  std::vector<Verdict*> runs;
  for (Verdict& verdict : verdicts) runs.push_back(&verdict);
  decide_together(scenario, runs);
  std::vector<std::string> words;
  for (const Verdict& verdict : verdicts) words.push_back(in_words(verdict));
  return words;
}

bool all_begin_with(const std::vector<std::string>& words, const std::string& beginning) {
  return std::ranges::all_of(words,
                             [&](const std::string& each) { return each.starts_with(beginning); });
}

/// One second, ± 20 %.
std::vector<Tale> constant() {
  return {apart({1.0, 1.15, 0.85, 1.1, 0.95}), apart({0.9, 1.18, 1.02, 0.82, 1.1}),
          apart({1.12, 0.88, 1.0, 1.19, 0.93}), apart({0.84, 1.05, 1.16, 0.9, 1.0})};
}

/// From half a second on, twice as long each time, and drawn from zero on.
std::vector<Tale> full_jitter() {
  std::vector<Tale> runs;
  for (const double part : {0.9, 0.5, 0.7, 0.6, 0.8, 0.4, 0.95, 0.55})
    runs.push_back(apart({0.5 * part, 1 * (1 - part / 2), 2 * part, 4 * (1.1 - part), 8 * part,
                          16 * (1.2 - part), 30 * part}));
  return runs;
}

}  // namespace

TEST_CASE("together: a constant delay with jitter is found in several runs") {
  for (const Tale& alone : constant())
    CHECK(verdict_on(growing, alone).starts_with("inconclusive: growing is not decided: gaps of"));
  const auto words = together(growing, constant());
  CHECK(words.front() ==
        "fail\ngrowing (3): gaps that grow | gaps of 1.00 s, 1.15 s, 850 ms, 1.10 s, 950 ms and "
        "those of 3 other runs, always the same delay");
  CHECK(all_begin_with(words, "fail\n"));
}

TEST_CASE("together: what is open for the gaps alone is decided, in either direction") {
  CHECK(all_begin_with(together("[expect]\ngrowing = false", constant()), "pass"));
  const std::string curve =
      "[expect]\ncurve = { base = \"500ms\", cap = \"30s\", jitter = \"full\" }";
  const auto runs = full_jitter();
  CHECK(std::ranges::any_of(runs, [&](const Tale& alone) {
    return verdict_on(curve, alone).starts_with("inconclusive: curve is not decided");
  }));
  CHECK(all_begin_with(together(curve, runs), "pass"));
}

TEST_CASE("together: too few runs still do not tell, and say so") {
  const auto words = together(growing, {apart({1.0, 1.15, 0.9}), apart({0.9, 1.1, 1.0})});
  CHECK(words.front().starts_with(
      "inconclusive: growing is not decided: gaps of 1.00 s, 1.15 s, 900 ms and those of 1 other "
      "run do not tell, chance may have made them: let there be more attempts, or more runs "
      "(--seeds), or say what is promised (`curve`)"));
}

TEST_CASE("together: what is broken in a run stays broken") {
  CHECK(all_begin_with(together("[expect]\ngrowing = false\nattempts = 5", constant()),
                       "fail\nattempts"));
}

TEST_CASE("together: a run of which something is missing tells nothing") {
  std::vector<Tale> runs = constant();
  for (std::size_t i = 1; i < runs.size(); ++i) {
    auto& events = runs[i].trace().events;
    events.insert(events.end() - 1, {{}, 0, 0, Unreliable{"packets were lost"}});
  }
  CHECK(all_begin_with(together(growing, runs), "inconclusive"));
  const auto first = together(growing, {constant().front(), apart({1.1, 0.9, 1}, "interrupted"),
                                        apart({1, 1.1, 0.9}, "interrupted")});
  CHECK(first.front().starts_with("inconclusive: growing is not decided"));
}

TEST_CASE("together: a run with one gap is not judged alone, and goes with those that tell") {
  std::vector<Tale> runs = full_jitter();
  Tale short_one = Tale().begins(0, 1).opened(0, 1).ended(1, 1).begins(1.3, 2).opened(1.3, 2);
  runs.push_back(short_one.over(9));
  CHECK(verdict_on(growing, runs.back()).starts_with("unsupported: nothing here can be judged"));
  const auto words = together(growing, runs);
  CHECK(all_begin_with(words, "pass"));
  CHECK(together(growing, {runs.back(), runs.back()}).front().starts_with("unsupported"));
}
