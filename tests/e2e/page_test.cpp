// The report that people look at, in a real browser.
#include <catch2/catch.hpp>
#include <string>

#include "support/machine.h"
#include "support/program.h"
#include "support/scratch.h"
#include "support/skip.h"

using namespace halfopen;
using namespace halfopen::e2e;
using Catch::Matchers::Contains;

namespace {

const std::string reference = source_folder + "/clients/reference";

/// The document as Chromium has it once the page's script has run.
std::string seen_in_chromium(const Scratch& scratch, const std::string& address) {
  Start start;
  start.program = "chromium";
  start.directory = scratch.path();
  start.arguments = {"--headless",
                     "--no-sandbox",
                     "--disable-gpu",
                     "--disable-dev-shm-usage",
                     "--user-data-dir=" + scratch.path("chromium"),
                     "--virtual-time-budget=5000",
                     "--dump-dom",
                     "file://" + scratch.path(address)};
  const Ended ended = run_program(start, std::chrono::seconds(120));
  INFO(ended.err);
  REQUIRE(ended.code == 0);
  return ended.out;
}

/// What is in <main>, drawn by the script; the data that it is drawn from lies behind it.
std::string main_of(const std::string& document) {
  const std::size_t from = document.find("<main");
  REQUIRE(from != std::string::npos);
  return document.substr(from, document.find("</main>") - from);
}

bool has_chromium() {
  Start start;
  start.program = "sh";
  start.arguments = {"-c", "command -v chromium"};
  if (run_program(start).code == 0) return true;
  tests::skip("there is no chromium");
  return false;
}

}  // namespace

TEST_CASE("a browser shows the report of a run, by its cause and as it went") {
  if (!has_chromium()) return;
  const Scratch scratch;
  Start start;
  start.directory = scratch.path();
  scratch.write("quick.toml", quick_scenario);
  start.arguments = {"run",         "quick.toml",
                     "--client",    reference,
                     "--client",    reference + "@dies-on-reset",
                     "--link",      "stream",
                     "--html",      "out/report.html",
                     "--trace-dir", "traces"};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  REQUIRE(ended.code == 1);
  const std::string overview = main_of(seen_in_chromium(scratch, "out/report.html"));
  CHECK_THAT(overview, Contains("2 clients: 1 of 2 runs failed, for 1 cause.") &&
                           Contains("reference@dies-on-reset crashes") && Contains("#run=1"));
  const std::string run = main_of(seen_in_chromium(scratch, "out/report.html#run=1"));
  CHECK_THAT(run, Contains("SIGABRT") && Contains("<svg") && Contains("fault reset") &&
                      Contains("drop = \"reset\"") && Contains("halfopen run"));
  const std::string matrix = main_of(seen_in_chromium(scratch, "out/report.html#matrix"));
  CHECK_THAT(matrix, Contains("quick, reference@dies-on-reset: fail"));

  start.arguments = {"report", "traces/quick.reference.jsonl", "--html", "again.html"};
  CHECK(run_program(start).code == 0);
  CHECK_THAT(main_of(seen_in_chromium(scratch, "again.html")),
             Contains("1 run passed, none failed"));
}

TEST_CASE("in a browser, what a client says is text and nothing else") {
  if (!has_chromium()) return;
  const Scratch scratch;
  scratch.write("quick.toml", quick_scenario);
  scratch.write("hostile.sh",
                "echo \"</script><script>document.title='taken'</script>\"\n"
                "echo \"<img src=x onerror=\\\"document.title='taken'\\\">\"\n"
                "printf '\\342\\200\\256<b>turned\\n'\n"
                "head -c 1000000 /dev/zero | tr '\\0' '<'\n"
                "echo; exit 3\n");
  Start start;
  start.directory = scratch.path();
  start.arguments = {"run",    "quick.toml", "--client", "sh hostile.sh {url}",
                     "--link", "stream",     "--html",   "report.html"};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  REQUIRE(ended.code == 1);
  const std::string document = seen_in_chromium(scratch, "report.html#run=0");
  CHECK_THAT(document,
             Contains("quick · sh hostile.sh – halfopen") || Contains("– halfopen</title>"));
  CHECK(document.find("<title>taken") == std::string::npos);
  const std::string main = main_of(document);
  CHECK_THAT(main, Contains("&lt;/script&gt;&lt;script&gt;document.title='taken'"));
  CHECK(main.find("<img") == std::string::npos);
  CHECK(main.find("<b>turned") == std::string::npos);
  CHECK(document.size() < 1'000'000);
}

TEST_CASE("a report needs a place, and a baseline that is a report") {
  const Scratch scratch;
  const std::string quick = scratch.write("quick.toml", quick_scenario);
  const std::string other = scratch.write("other.json", "{}");
  const Ended no_page = run_halfopen({"run", quick, "--client", reference, "--baseline", other});
  CHECK(no_page.code == 2);
  CHECK_THAT(no_page.err, Contains("there is no --html"));
  const Ended no_report = run_halfopen({"run", quick, "--client", reference, "--baseline", other,
                                        "--html", scratch.path("page.html")});
  CHECK(no_report.code != 0);
  CHECK_THAT(no_report.err, Contains("read the baseline") && Contains("--json"));
  const Ended nowhere = run_halfopen({"report", quick});
  CHECK(nowhere.code == 2);
  CHECK_THAT(nowhere.err, Contains("--html FILE"));
}
