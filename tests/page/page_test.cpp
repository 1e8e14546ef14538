// The file: all of it is there, and nothing of what others said is markup.
#include "page/page.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "page/assets.h"
#include "page/changes.h"
#include "report/runs.h"

using namespace halfopen;
using namespace halfopen::page;
using namespace halfopen::report;
using Catch::Matchers::Contains;

namespace {

std::string page_of(const std::vector<Result>& results, const page::Options& options = {}) {
  std::string html;
  Page page(results.size(), [&](std::string_view piece) { html += piece; });
  for (std::size_t i = 0; i < results.size(); ++i) page.add(i, results[i]);
  page.finish(results, options);
  return html;
}

/// What is in the element with that id.
nlohmann::json data_in(const std::string& html, const std::string& id) {
  const std::string begin = "id=\"" + id + "\">";
  const std::size_t from = html.find(begin) + begin.size();
  REQUIRE(from > begin.size());
  return nlohmann::json::parse(html.substr(from, html.find("</script>", from) - from));
}

Result hostile() {
  Result result = failing();
  trace::Trace trace = result.trace;
  trace.header.client = "</script><script>alert(1)</script>";
  trace.header.scenario = "<!--<script>";
  trace.events.insert(trace.events.begin() + 1, Event{{},
                                                      0,
                                                      0,
                                                      ClientLog{trace::Stream::out,
                                                                "</script><img src=x onerror="
                                                                "alert(2)> \u202e\u2028"}});
  return judged(std::move(trace));
}

}  // namespace

TEST_CASE("what a scenario includes is in the page, and a line of it is found there") {
  const std::string own = "about = \"A test.\"\ninclude = \"part.toml\"\n";
  const std::string part = "[expect]\nattempts = 1\n";
  trace::Trace trace = passing().trace;
  trace.header.scenario_text = own;
  trace.header.scenario_parts = {{"my/part.toml", part}};
  trace.header.scenario_hash = "of both";
  auto loaded = scenario::load_scenarios(own, "my/story.toml",
                                         {[&](const std::string&) { return part; }, {}});
  REQUIRE(loaded.scenarios.size() == 1);
  const auto result = report::make_result(loaded.scenarios.front(), std::move(trace));
  REQUIRE(result.verdict.failures.size() == 1);
  CHECK(result.verdict.failures.at(0).line == 2);
  CHECK(result.verdict.failures.at(0).file == "my/part.toml");
  const std::string html = page_of({result});
  const auto run = data_in(html, "report")["runs"][0];
  CHECK(run["failures"][0]["line"] == nlohmann::json::parse(R"([5,"line 2 of my/part.toml"])"));
  CHECK(run["parts"] == nlohmann::json::parse(R"([["my/part.toml",3]])"));
  CHECK(data_in(html, "scenarios")["of both"] == own + "\n" + part);
}

TEST_CASE("every run is in the page, with its verdict, its drawing and its scenario") {
  const std::string html = page_of({passing(), failing(), unsupported()});
  const auto report = data_in(html, "report");
  REQUIRE(report["runs"].size() == 3);
  CHECK(report["runs"][0]["outcome"] == "pass");
  CHECK(report["runs"][1]["failures"][0]["cause"] == "too-slow");
  CHECK(report["runs"][1]["failures"][0]["line"] == nlohmann::json::parse(R"([12,"line 12"])"));
  CHECK(report["changes"].is_null());
  CHECK(data_in(html, "run-1")["attempts"].size() == 3);
  CHECK(data_in(html, "scenarios").begin().value() == reset_then_refused);
}

TEST_CASE("a run is written as soon as it is added, and not kept") {
  std::string html;
  Page page(2, [&](std::string_view piece) { html += piece; });
  page.add(1, failing());
  CHECK(data_in(html, "run-1")["attempts"].size() == 3);
  CHECK(html.find("id=\"report\"") == std::string::npos);
  const std::size_t so_far = html.size();
  page.finish({passing(), failing()}, {});
  CHECK(html.find("id=\"run-1\"", so_far) == std::string::npos);
  CHECK(data_in(html, "report")["runs"].size() == 2);
}

TEST_CASE("what others said ends no element and begins none") {
  const std::string html = page_of({hostile()});
  const std::size_t data = html.find("<script type=\"application/json\"");
  const std::string scripts = html.substr(data);
  CHECK(scripts.find("alert(1)") != std::string::npos);
  CHECK(scripts.find("</script><script>alert") == std::string::npos);
  CHECK(scripts.find("<img") == std::string::npos);
  CHECK(scripts.find("<!--") == std::string::npos);
  CHECK(scripts.find("\u202e") == std::string::npos);
  CHECK(data_in(html, "report")["runs"][0]["client"] == "</script><script>alert(1)</script>");
}

TEST_CASE("the page allows its own script and style, and loads nothing") {
  const std::string html = page_of({passing()});
  CHECK_THAT(html,
             Contains("default-src 'none'; script-src 'sha256-") && Contains("style-src 'sha256-"));
  for (const char* outside : {" src=", "@import", "url("}) {
    CHECK(std::string(assets::style).find(outside) == std::string::npos);
    CHECK(std::string(assets::body).find(outside) == std::string::npos);
  }
  CHECK(std::string(assets::script).find("innerHTML") == std::string::npos);
  CHECK(std::string(assets::script).find("</script") == std::string::npos);
}

TEST_CASE("known results are told from news") {
  page::Options options;
  options.known.emplace();
  (*options.known)["slow"]["drops/reset"] = {"fail", "it is slow", {}};
  (*options.known)["reference"]["drops/reset"] = {"fail", "it was", {}};
  const auto report = data_in(page_of({passing(), failing()}, options), "report");
  CHECK(report["runs"][0]["known"] == "news");
  CHECK(report["runs"][1]["known"] == "expected");
}

TEST_CASE("beside an earlier report the page says what got worse and better") {
  const std::string earlier = json({failing(), undecided()});
  Result mended = passing();
  mended.trace.header.client = "slow";
  const auto changes = changes_since(earlier, {mended, passing()});
  REQUIRE(changes["mended"].size() == 1);
  CHECK(changes["mended"][0]["was"] == "fail");
  CHECK(changes["mended"][0]["is"] == "pass");
  CHECK(changes["broken"].empty());
  CHECK(changes["new"][0]["client"] == "reference");
  CHECK(changes["gone"][0]["client"] == "starved");
}

TEST_CASE("what is no report is refused as a baseline") {
  for (const char* text : {"", "{}", "[1]", "no JSON", R"({"halfopen": "trace"})",
                           R"({"halfopen": "report", "runs": [{"scenario": 1}]})"}) {
    CAPTURE(text);
    if (*text == '\0')
      CHECK(changes_since(text, {}).is_null());
    else
      CHECK_THROWS_AS(changes_since(text, {}), Error);
  }
}
