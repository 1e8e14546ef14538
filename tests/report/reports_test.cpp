// The reports for many runs: one line each, the matrix, JUnit, JSON, the exit code.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "report/columns.h"
#include "report/xml_text.h"
#include "runs.h"
#include "trace/codec.h"

using namespace halfopen;
using namespace halfopen::report;
using Catch::Matchers::Contains;

namespace {

// The connection ends while a step waits: no number is missed.
Result failing_step() {
  Trace trace = trace_of("mute");
  Story(trace)
      .at(0, AttemptBegins{"192.0.2.10:1", Port::open}, 1)
      .at(1, Opened{}, 1)
      .at(3, StepBegins{1, "expect \"hello\" within 2s"}, 1, 5)
      .at(50, StepFailed{.index = 1, .cause = Cause::ended}, 1, 5)
      .at(1003, Over{Ended::step_failed});
  return judged(std::move(trace));
}

// What became of that expectation in a run; null if nothing did.
nlohmann::json decision(const nlohmann::json& run, const std::string& expectation) {
  for (const auto& each : run["decisions"])
    if (each["expectation"] == expectation) return each;
  return {};
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
  slow comes back later than it should (and 1 more fails): gaps[2]: expected 1s..3s, seen gap 2 was…

✓ pass  ✕ fail  ~ inconclusive  ? unsupported  ! error
5 runs: 1 pass, 1 fail, 1 inconclusive, 1 unsupported, 1 error
)");
}

TEST_CASE("in a narrow terminal the clients are numbered, and a pair that was not run is a dot") {
  Result other = passing();
  other.trace.header.scenario = "links/loss";
  CHECK(matrix({passing(), failing(), other}, {false, 20}) == R"(             1  2
drops/reset  ✓  ✕
  2: the client com…
links/loss   ✓  ·

  1 reference
  2 slow
✓ pass  ✕ fail  ~ inconclusive  ? unsupported  ! error  · not run
3 runs: 2 pass, 1 fail
)");
}

TEST_CASE("a pair that ran more than once shows its worst") {
  Result again = failing();
  again.trace.header.client = "reference";
  CHECK(matrix({passing(), again, passing()}, {}).find("drops/reset  ✕\n") != std::string::npos);
}

TEST_CASE("a row says why it failed: of the gravest cause, with the clients that show it") {
  const Style wide{false, 300};
  const std::string seen =
      "gaps[2]: expected 1s..3s, seen gap 2 was 4.99 s (attempt 2 ended at 2.51 s by "
      "RST, attempt 3 began at 7.50 s)\n";
  CHECK_THAT(matrix({failing(), passing()}, wide),
             Contains("\n  slow comes back later than it should: " + seen));
  CHECK_THAT(matrix({failing(), failing()}, wide),
             Contains("\n  the client comes back later than it should: " + seen));
  Result other = failing();
  other.trace.header.client = "other";
  CHECK_THAT(matrix({passing(), other, failing()}, wide),
             Contains("\n  other, slow: the client comes back later than it should: " + seen));
  judge::Failure crash;
  crash.expectation.kind = judge::Kind::crash;
  crash.wanted = judge::wanted::NoCrash{};
  crash.seen = judge::seen::Running{};
  Result crashed = other;
  crashed.verdict.failures.push_back(crash);
  CHECK_THAT(matrix({failing(), crashed, passing()}, wide),
             Contains("\n  other crashes (and 1 more fails): client: expected the "
                      "client not to crash, seen "));
}

TEST_CASE("a row says why nothing could be run, and nothing of what passed or is not known") {
  CHECK_THAT(matrix({passing(), broken()}, {}),
             Contains("\n  no client could not be run: start `nothing`: No such file or "
                      "directory\n"));
  const std::string quiet = matrix({passing(), late(), unsupported()}, {});
  CHECK_THAT(quiet, Contains("drops/reset  ✓          ~        ?\n\n"));
}

TEST_CASE("the reason of a row is printable, and one line as wide as the terminal") {
  Result result = failing();
  result.verdict.failures[0].seen = judge::seen::HostName{"\x1b[2J\n" + std::string(500, 'x')};
  const std::string text = matrix({result, passing()}, {true, 60});
  const std::size_t at = text.find("\n  slow comes") + 1;
  const std::string line = text.substr(at, text.find('\n', at) - at);
  CHECK(columns(line) == 60);
  CHECK(line.find('\x1b') == std::string::npos);
  CHECK_THAT(line, Catch::Matchers::EndsWith("…"));
}

TEST_CASE("JUnit: a suite for each client, and what every outcome is to a CI server") {
  pugi::xml_document document;
  REQUIRE(document.load_string(junit(one_of_each()).c_str()));
  const auto root = document.child("testsuites");
  CHECK(root.attribute("tests").as_int() == 5);
  CHECK(root.attribute("failures").as_int() == 1);
  CHECK(root.attribute("errors").as_int() == 1);
  int skipped = 0;
  for (const auto& suite : root.children("testsuite"))
    skipped += suite.attribute("skipped").as_int();
  CHECK(skipped == 2);
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
  CHECK(std::string(run_of("slow").child("system-out").text().get()) == story(failing(), {}));
  CHECK(std::string(run_of("slow").child("failure").attribute("type").value()) == "gaps");
  CHECK(run_of("slow").attribute("line").as_int() == 12);
  CHECK(std::string(run_of("slow").attribute("file").value()) == "scenarios/drops/reset.toml");
  CHECK(std::string(run_of("starved").child("skipped").attribute("message").value())
            .starts_with("inconclusive: halfopen itself was late"));
  CHECK(std::string(run_of("article").child("skipped").attribute("message").value())
            .starts_with("unsupported: "));
  CHECK(std::string(run_of("no client").child("error").attribute("message").value()) ==
        "start `nothing`: No such file or directory");
}

TEST_CASE("JUnit: one element tells all failures of a run, each once") {
  Result result = failing();
  judge::Failure second = result.verdict.failures.front();
  second.expectation = {judge::Kind::invariant, 0, "one-connecting"};
  second.seen = judge::seen::Violation{"two at once", 1};
  result.verdict.failures.push_back(second);
  pugi::xml_document document;
  REQUIRE(document.load_string(junit({result}).c_str()));
  const auto test = document.child("testsuites").child("testsuite").child("testcase");
  const auto failures = test.children("failure");
  CHECK(std::distance(failures.begin(), failures.end()) == 1);
  CHECK(std::string(test.child("failure").attribute("message").value()).ends_with(" (and 1 more)"));
  const std::string text = test.child("failure").text().get();
  const std::string told = test.child("system-out").text().get();
  CHECK(text.find("two at once") == text.rfind("two at once"));
  CHECK(text.find("two at once") != std::string::npos);
  CHECK(told.find("two at once") == std::string::npos);
}

TEST_CASE("JUnit: names stay unique where link, seed or text differ") {
  Result first = passing();
  Result other_seed = passing();
  other_seed.trace.header.seed = 43;
  Result other_link = passing();
  other_link.trace.header.link = "stream";
  Result other_scenario = passing();
  other_scenario.trace.header.scenario = "drops/fin";
  Result changed = passing();
  changed.trace.header.scenario_hash = "other";
  pugi::xml_document document;
  REQUIRE(document.load_string(
      junit({first, other_seed, other_link, other_scenario, changed}).c_str()));
  std::vector<std::string> names;
  for (const auto& test : document.child("testsuites").child("testsuite").children("testcase"))
    names.emplace_back(test.attribute("name").value());
  CHECK(names == std::vector<std::string>{"drops/reset, link packet, seed 42",
                                          "drops/reset, link packet, seed 43",
                                          "drops/reset, link stream, seed 42", "drops/fin",
                                          "drops/reset, link packet, seed 42 #2"});
}

TEST_CASE("JUnit: a suite takes the time from its first start to its last end") {
  Result first = passing();  // of 5.702 s
  first.ended = std::chrono::milliseconds(6702);
  Result second = passing();
  second.ended = std::chrono::milliseconds(7702);
  pugi::xml_document document;
  REQUIRE(document.load_string(junit({first, second}).c_str()));
  CHECK(std::string(document.child("testsuites").attribute("time").value()) == "6.702");
  CHECK(std::string(document.child("testsuites").child("testsuite").attribute("time").value()) ==
        "6.702");
}

TEST_CASE("warnings are in the matrix and in JUnit") {
  Result result = passing();
  result.verdict.warnings.push_back({{judge::Kind::invariant, 0, "close-code"},
                                     0,
                                     judge::wanted::Close{{1000}},
                                     judge::seen::NoClose{}});
  CHECK(matrix({result, failing()}, {}) == R"(             reference  slow
drops/reset  ✓!         ✕
  slow comes back later than it should: gaps[2]: expected 1s..3s, seen gap 2 was 4.99 s (attempt 2 …

✓ pass  ✕ fail  ~ inconclusive  ? unsupported  ! error  ✓! with warnings
2 runs: 1 pass, 1 fail
)");
  pugi::xml_document document;
  REQUIRE(document.load_string(junit({result}).c_str()));
  const auto test = document.child("testsuites").child("testsuite").child("testcase");
  CHECK(std::string(test.child("system-err").text().get()) ==
        "warning: invariant close-code: expected Close 1000, seen no Close "
        "frame\n");
}

TEST_CASE("a result without its events reports the same") {
  Result let = failing();
  let_go(let, true);
  CHECK(let.trace.events.empty());
  CHECK(junit({let}) == junit({failing()}));
  CHECK(json({let}) == json({failing()}));
  CHECK(summary_line(let, {}) == summary_line(failing(), {}));
}

TEST_CASE("a failure of a scenario that hangs on the seed says so") {
  const auto told = [](const char* link) {
    Trace trace = failing().trace;
    trace.header.scenario_text += link;
    return timeline(judged(std::move(trace)), {}).find("    chance    the seed decides") !=
           std::string::npos;
  };
  CHECK_FALSE(told("[link]\ndelay = \"10ms\"\n"));
  CHECK(told("[link]\nloss = \"10%\"\n"));
  CHECK(told("[[at]]\ntime = \"1s\"\nlink = { delay = \"10ms\", jitter = \"2ms\" }\n"));
}

TEST_CASE("text that XML cannot carry becomes U+FFFD, and all else stays") {
  const std::string no = "\xef\xbf\xbd";
  CHECK(xml_text("gap → 2 s\n\t接続\xf0\x9f\x98\x80") == "gap → 2 s\n\t接続\xf0\x9f\x98\x80");
  CHECK(xml_text(std::string_view("a\0b", 3)) == "a" + no + "b");
  CHECK(xml_text("\x01\x1b\r") == no + no + no);
  CHECK(xml_text("\xef\xbf\xbe\xef\xbf\xbf") == no + no);           // U+FFFE, U+FFFF
  CHECK(xml_text("\xed\xa0\x80") == no + no + no);                  // a lone surrogate
  CHECK(xml_text("\xff\xc3(\xe2\x82") == no + no + "(" + no + no);  // no UTF-8, and cut short
  CHECK(xml_text("\xc0\xaf") == no + no);                           // overlong
  CHECK(xml_text("\xf4\x90\x80\x80") == no + no + no + no);         // beyond U+10FFFF
  CHECK(xml_text("\xef\xbf\xbd\xee\x80\x80") == "\xef\xbf\xbd\xee\x80\x80");
}

TEST_CASE("JUnit has none of the characters that XML cannot carry") {
  Result result = failing();
  result.trace.header.client = "a\x01<b>&\"\x1b";
  result.verdict.failures[0].seen = judge::seen::HostName{"\x02 ]]> \x1b[2J"};
  const std::string xml = junit({result});
  CHECK(std::ranges::none_of(
      xml, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; }));
  CHECK(xml.find("&#1;") == std::string::npos);
  CHECK(xml.find("&#27;") == std::string::npos);
  pugi::xml_document document;
  CHECK(document.load_string(xml.c_str()));
}

TEST_CASE("JSON: every run with its verdict, attempts and gaps") {
  std::size_t longest = 0;
  std::string in_pieces;
  json(one_of_each(), [&](std::string_view piece) {
    longest = std::max(longest, piece.size());
    in_pieces += piece;
  });
  CHECK(in_pieces == json(one_of_each()));
  CHECK(longest < in_pieces.size() / 2);
  const auto document = nlohmann::json::parse(in_pieces);
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

TEST_CASE("JSON: the number behind a failure stands beside its words") {
  const auto document = nlohmann::json::parse(json({failing(), failing_step()}));
  const auto& gap = document["runs"][0]["failures"][0];
  CHECK(gap["kind"] == "gaps");
  CHECK(gap["attempt"] == 3);
  CHECK(gap["client"] == 1);
  CHECK(gap["wanted"] ==
        nlohmann::json::parse(R"({"unit": "us", "lowest": 1000000, "highest": 3000000})"));
  CHECK(gap["measured"] == 4'989'000);
  CHECK(gap["margin"] == 1'989'000);
  CHECK(gap["tolerance"] == 0);
  const auto& step = document["runs"][1]["failures"][0];
  CHECK(step["kind"] == "step");
  CHECK(step["wanted"].is_null());
  CHECK(step["measured"].is_null());
  CHECK(step["margin"].is_null());
  CHECK(step["tolerance"].is_null());
}

TEST_CASE("JSON: what held has its number, too, and what was not decided its kind") {
  const auto document = nlohmann::json::parse(json({passing(), failing_step()}));
  const auto held = decision(document["runs"][0], "attempts");
  CHECK(held["status"] == "held");
  CHECK(held["wanted"] == nlohmann::json::parse(R"({"unit": "count", "lowest": 3, "highest": 3})"));
  CHECK(held["measured"] == 3);
  CHECK(held["margin"] == 0);
  const auto cut_off = decision(document["runs"][1], "attempts");
  CHECK(cut_off["kind"] == "attempts");
  CHECK(cut_off["status"] == "not decided");
  CHECK(cut_off["why"] == "the run ended with the failed step");
}

TEST_CASE("JSON has all that was judged, also what no text tells of") {
  Result result = passing();
  result.verdict.decisions.push_back({.expectation = {judge::Kind::step, 2, "expect \"hello\""},
                                      .line = 5,
                                      .status = judge::Status::held,
                                      .times = 3});
  const auto document = nlohmann::json::parse(json({result}));
  const auto of = [&](const std::string& expectation) {
    return decision(document["runs"][0], expectation);
  };
  CHECK(of("step expect \"hello\"")["times"] == 3);
  CHECK(of("step expect \"hello\"")["kind"] == "step");
  CHECK(of("invariant no-hot-loop")["status"] == "held");
  CHECK(of("invariant no-hot-loop")["wanted"]["highest"] == 3);
  CHECK(of("within")["measured"] == 5'702'000);
  CHECK(timeline(result, {}) == timeline(passing(), {}));
  CHECK(junit({result}) == junit({passing()}));
}

TEST_CASE("JSON: who ended an attempt") {
  const auto document = nlohmann::json::parse(json({passing()}));
  const auto& attempts = document["runs"][0]["attempts"];
  CHECK(attempts[0]["ended"] == "attempt 1 ended at 1.01 s by RST");
  CHECK(attempts[0]["ended_by"] == "server");
  CHECK(attempts[2]["ended_by"].is_null());
}

TEST_CASE("JSON stays valid whatever a client sends") {
  Result result = failing();
  result.verdict.failures[0].seen = judge::seen::HostName{"\xff\x1b"};
  CHECK_NOTHROW(nlohmann::json::parse(json({result})));
}

TEST_CASE("the exit code is that of the worst") {
  CHECK(exit_code({passing()}, true) == 0);
  CHECK(exit_code({}, true) == 4);
  CHECK(exit_code({passing(), late(), unsupported()}, false) == 0);
  CHECK(exit_code({passing(), late()}, true) == 4);
  CHECK(exit_code({passing(), unsupported()}, true) == 4);
  CHECK(exit_code({passing(), broken(), late()}, true) == 3);
  CHECK(exit_code({late()}, false) == 0);  // in part
  CHECK(exit_code({undecided(), undecided()}, false) == 4);
  CHECK(exit_code({undecided(), unsupported()}, false) == 4);
  CHECK(exit_code({undecided(), passing()}, false) == 0);
  CHECK(exit_code({undecided(), late()}, false) == 0);
  CHECK(exit_code(one_of_each(), true) == 1);
  std::vector<Result> own = one_of_each();
  own.back().verdict.reason = trace::Broken{"its helper has died", true};
  CHECK(exit_code(own, false) == 5);
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
