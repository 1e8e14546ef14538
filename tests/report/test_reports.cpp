// The reports for many runs: one line each, the matrix, JUnit, JSON, the exit code.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "runs.h"
#include "trace/codec.h"

using namespace halfopen;
using namespace halfopen::report;

namespace {

std::vector<Result> one_of_each() {
  return {passing(), failing(), late(), unsupported(), broken()};
}

}  // namespace

TEST_CASE("one line says how a run went") {
  CHECK(summary_line(passing(), {}) ==
        "✓ pass         drops/reset  reference  3 attempts, gaps 1.50 s, 2.19 s");
  CHECK(summary_line(failing(), {false, 200}) ==
        "✕ fail         drops/reset  slow  3 attempts, gaps 1.50 s, 4.99 s  gaps[2] (line 12): "
        "expected 1s..3s, seen gap 2 was 4.99 s (attempt 2 ended at 2.51 s by RST, attempt 3 began "
        "at 7.50 s)");
  CHECK(summary_line(unsupported(), {false, 60}) ==
        "? unsupported  drops/reset  article  0 attempts  (the strea…");
}

TEST_CASE("the matrix has a symbol for every pair") {
  CHECK(matrix(one_of_each(), {}) == R"(             reference  slow  starved  article  no client
drops/reset  ✓          ✕     ~        ?        !

✓ pass  ✕ fail  ~ inconclusive  ? unsupported  ! error
5 runs: 1 pass, 1 fail, 1 inconclusive, 1 unsupported, 1 error
)");
}

TEST_CASE("in a narrow terminal the clients are numbered, and a pair that was not run is a dot") {
  Result other = passing();
  other.trace.header.scenario = "links/loss";
  CHECK(matrix({passing(), failing(), other}, {false, 20}) == R"(             1  2
drops/reset  ✓  ✕
links/loss   ✓  ·

  1 reference
  2 slow
✓ pass  ✕ fail  ~ inconclusive  ? unsupported  ! error
3 runs: 2 pass, 1 fail
)");
}

TEST_CASE("a pair that ran more than once shows its worst") {
  Result again = failing();
  again.trace.header.client = "reference";
  CHECK(matrix({passing(), again, passing()}, {}).find("drops/reset  ✕\n") != std::string::npos);
}

TEST_CASE("JUnit: a suite for each client, and what every outcome is to a CI server") {
  pugi::xml_document document;
  REQUIRE(document.load_string(junit(one_of_each()).c_str()));
  const auto root = document.child("testsuites");
  CHECK(root.attribute("tests").as_int() == 5);
  CHECK(root.attribute("failures").as_int() == 1);
  CHECK(root.attribute("errors").as_int() == 1);
  CHECK(root.attribute("skipped").as_int() == 2);
  const auto run_of = [&](const char* client) {
    return root.find_child_by_attribute("testsuite", "name", client).child("testcase");
  };
  CHECK(std::string(run_of("reference").attribute("name").value()) == "drops/reset");
  CHECK(std::string(run_of("reference").attribute("time").value()) == "5.702");
  CHECK(run_of("reference").first_child().empty());
  CHECK(std::string(run_of("slow").child("failure").attribute("message").value()) ==
        "gaps[2] (line 12): expected 1s..3s, seen gap 2 was 4.99 s (attempt 2 ended at 2.51 s by "
        "RST, attempt 3 began at 7.50 s)");
  CHECK(std::string(run_of("slow").child("failure").text().get()).find("replay: halfopen run") !=
        std::string::npos);
  CHECK(std::string(run_of("slow").child("system-out").text().get()) == timeline(failing(), {}));
  CHECK(std::string(run_of("starved").child("skipped").attribute("message").value())
            .starts_with("inconclusive: halfopen itself was late"));
  CHECK(std::string(run_of("article").child("skipped").attribute("message").value())
            .starts_with("unsupported: "));
  CHECK(std::string(run_of("no client").child("error").attribute("message").value()) ==
        "start `nothing`: No such file or directory");
}

TEST_CASE("JUnit has none of the characters that XML cannot carry") {
  Result result = failing();
  result.trace.header.client = "a\x01<b>&\"\x1b";
  result.verdict.failures[0].seen = "\x02 ]]> \x1b[2J";
  const std::string xml = junit({result});
  CHECK(std::ranges::none_of(
      xml, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; }));
  CHECK(xml.find("&#1;") == std::string::npos);
  CHECK(xml.find("&#27;") == std::string::npos);
  pugi::xml_document document;
  CHECK(document.load_string(xml.c_str()));
}

TEST_CASE("JSON: every run with its verdict, attempts and gaps") {
  const auto document = nlohmann::json::parse(json(one_of_each()));
  CHECK(document["halfopen"] == "report");
  CHECK(document["totals"]["runs"] == 5);
  CHECK(document["totals"]["inconclusive"] == 1);
  const auto& run = document["runs"][1];
  CHECK(run["outcome"] == "fail");
  CHECK(run["failures"][0]["expectation"] == "gaps[2]");
  CHECK(run["failures"][0]["line"] == 12);
  CHECK(run["attempts"][0]["gap_us"] == 1'500'000);
  CHECK(run["attempts"][1]["gap_us"] == 4'989'000);
  CHECK(run["attempts"][2]["gap_us"].is_null());
  CHECK(run["attempts"][0]["faults"] == nlohmann::json{"reset"});
  CHECK(run["replay"] ==
        "halfopen run scenarios/drops/reset.toml --client slow --seed 42 --link packet");
}

TEST_CASE("JSON stays valid whatever a client sends") {
  Result result = failing();
  result.verdict.failures[0].seen = "\xff\x1b";
  CHECK_NOTHROW(nlohmann::json::parse(json({result})));
}

TEST_CASE("the exit code is that of the worst") {
  CHECK(exit_code({passing()}, true) == 0);
  CHECK(exit_code({}, true) == 4);
  CHECK(exit_code({passing(), late(), unsupported()}, false) == 0);
  CHECK(exit_code({passing(), late()}, true) == 4);
  CHECK(exit_code({passing(), unsupported()}, true) == 4);
  CHECK(exit_code({passing(), broken(), late()}, true) == 3);
  CHECK(exit_code(one_of_each(), true) == 1);
}

TEST_CASE("the command that replays a run is quoted for a shell") {
  trace::Header header;
  header.scenario_file = "my scenarios/it's.toml";
  header.client = "node";
  header.client_given = "node client.js {url}";
  header.seed = 7;
  header.link = "stream";
  CHECK(
      replay_command(header) ==
      R"(halfopen run 'my scenarios/it'\''s.toml' --client 'node client.js {url}' --seed 7 --link stream)");
}

TEST_CASE("a saved trace gives the verdict, the timeline and the report of the live one") {
  for (const Result& live : one_of_each()) {
    const Result saved = judged(trace::read(trace::to_text(live.trace), "t.jsonl"));
    CHECK(timeline(saved, {}) == timeline(live, {}));
    CHECK(json({saved}) == json({live}));
  }
}
