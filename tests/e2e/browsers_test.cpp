// The report in Chromium and in Firefox, looked at by tests/browsers/look.mjs: what is seen, what
// axe-core has to say of it, and what is on paper.
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/machine.h"
#include "support/places.h"
#include "support/program.h"
#include "support/scratch.h"
#include "support/skip.h"

using namespace halfopen;
using namespace halfopen::e2e;
using Catch::Matchers::Contains;

namespace {

const std::string reference = source_folder + "/clients/reference";
const std::string look = source_folder + "/tests/browsers/look.mjs";

bool has_program(const std::string& name) {
  Start start;
  start.program = "sh";
  start.arguments = {"-c", "command -v " + name};
  return run_program(start).code == 0;
}

/// Whether that browser can be looked into; skips where it cannot.
bool can_look_in(const std::string& browser) {
  const std::string program = browser == "firefox" ? "firefox-esr" : browser;
  for (const std::string& needed : {std::string("node"), program}) {
    if (has_program(needed)) continue;
    tests::skip("there is no " + needed + "; `harness/setup.sh ci` installs it");
    return false;
  }
  if (std::filesystem::exists(source_folder + "/tests/browsers/node_modules/axe-core")) return true;
  tests::skip("tests/browsers has no npm packages; `harness/setup.sh ci` installs them");
  return false;
}

/// Each view as look.mjs tells of it.
nlohmann::json seen_in(const std::string& browser, const std::string& report,
                       const std::vector<std::string>& options) {
  Start start;
  start.program = "node";
  start.arguments = {look, browser, report};
  start.arguments.insert(start.arguments.end(), options.begin(), options.end());
  const Ended ended = run_program(start, std::chrono::seconds(200));
  INFO(ended.err);
  REQUIRE(ended.code == 0);
  return nlohmann::json::parse(ended.out);
}

/// A report of a client that passes and one that crashes.
std::string quick_report(const Scratch& scratch) {
  Start start;
  start.directory = scratch.path();
  std::string more;  // A log that is longer than its box.
  for (int i = 0; i < 30; ++i) more += "{ send = \"message " + std::to_string(i) + "\" }, ";
  scratch.write("quick.toml",
                "about = \"Says hello; the first connection is reset.\"\n"
                "[[attempt]]\n"
                "steps = [{ send = \"hello, you\" }, " +
                    more +
                    "{ wait = \"50ms\" }, "
                    "{ drop = \"reset\" }]\n"
                    "[[attempt]]\n"
                    "times = 3\n"
                    "handshake = \"no-reason\"\n"
                    "[expect]\n"
                    "opens = 2\n"
                    "settle = \"100ms\"\n"
                    "within = \"25s\"\n");
  start.arguments = {
      "run",    "quick.toml", "--client", reference,    "--client", reference + "@dies-on-reset",
      "--link", "stream",     "--html",   "report.html"};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  REQUIRE(ended.code == 1);
  return scratch.path("report.html");
}

/// A report of a client that prints markup, script, what turns text around, and 1 MB in a line.
std::string hostile_report(const Scratch& scratch) {
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
  return scratch.path("report.html");
}

std::string text_of(const nlohmann::json& view) { return view["text"].get<std::string>(); }

void check_what_is_seen(const std::string& browser) {
  if (!can_look_in(browser)) return;
  const Scratch scratch;
  const auto views = seen_in(browser, quick_report(scratch), {"#overview", "#matrix", "#run=1"});
  REQUIRE(views.size() == 3);
  for (const auto& view : views) CHECK(view["errors"].empty());
  CHECK_THAT(text_of(views[0]), Contains("1 of 2 runs failed, for 1 cause."));
  CHECK_THAT(text_of(views[1]), Contains("reference@dies-on-reset"));
  CHECK_THAT(text_of(views[2]), Contains("SIGABRT") && Contains("fault reset"));
  CHECK_THAT(views[2]["markup"].get<std::string>(), Contains("<svg"));
  const auto frame = seen_in(browser, scratch.path("report.html"), {"--open", "#run=0"})[0];
  CHECK(frame["errors"].empty());
  CHECK_THAT(frame["opened"].get<std::string>(),
             Contains("opcode") && Contains("payload length") && Contains("hello, you"));
}

void check_what_clients_say(const std::string& browser) {
  if (!can_look_in(browser)) return;
  const Scratch scratch;
  const std::string report = hostile_report(scratch);
  CHECK(std::filesystem::file_size(report) < 1'000'000);
  const auto view = seen_in(browser, report, {"#run=0"})[0];
  CHECK(view["errors"].empty());
  CHECK_THAT(view["title"].get<std::string>(), Contains("– halfopen"));
  CHECK_THAT(text_of(view), Contains("</script><script>document.title='taken'</script>") &&
                                Contains("\\u202e<b>turned"));
  const auto markup = view["markup"].get<std::string>();
  CHECK(markup.find("<img") == std::string::npos);
  CHECK(markup.find("<b>turned") == std::string::npos);
}

}  // namespace

TEST_CASE("Chromium shows the report, and a frame's bytes when it is asked by the keyboard") {
  check_what_is_seen("chromium");
}

TEST_CASE("Firefox shows the report, and a frame's bytes when it is asked") {
  check_what_is_seen("firefox");
}

TEST_CASE("in Firefox, what a client says is text and nothing else") {
  check_what_clients_say("firefox");
}

TEST_CASE("axe-core finds nothing serious in the report, light and dark, wide and narrow") {
  if (!can_look_in("chromium")) return;
  const Scratch scratch;
  const std::string report = quick_report(scratch);
  const std::vector<std::vector<std::string>> ways = {{}, {"--dark"}, {"--width", "380"}};
  for (std::vector<std::string> options : ways) {
    options.insert(options.end(), {"--axe", "--open", "#run=0", "#run=1"});
    auto views = seen_in("chromium", report, options);
    options.erase(std::ranges::find(options, "--open"), options.end());
    options.insert(options.end(), {"#overview", "#matrix", "#curves"});
    for (auto& view : seen_in("chromium", report, options)) views.push_back(view);
    REQUIRE(views.size() == 5);
    for (const auto& view : views)
      for (const auto& finding : view["axe"]) {
        INFO(view["view"] << ": " << finding.dump(1));
        CHECK_FALSE((finding["impact"] == "serious" || finding["impact"] == "critical"));
      }
  }
}

TEST_CASE("on paper nothing is cut off, and there is nothing to press") {
  if (!can_look_in("chromium")) return;
  const Scratch scratch;
  const auto views = seen_in("chromium", quick_report(scratch),
                             {"--print", "--width", "720", "#run=1", "#matrix", "#curves"});
  REQUIRE(views.size() == 3);
  for (const auto& view : views) {
    INFO(view["view"] << view["cut"]);
    CHECK(view["cut"].empty());
    CHECK(view["errors"].empty());
  }
  // All that is needed to understand a failure away from the screen …
  CHECK_THAT(text_of(views[0]), Contains("SIGABRT") && Contains("drop = \"reset\"") &&
                                    Contains("the run is over") && Contains("halfopen run"));
  // … but no controls.
  CHECK_THAT(text_of(views[0]), !Contains("Look closer"));
}
