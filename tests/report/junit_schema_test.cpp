// JUnit XML against the rules of those who validate it: junit-10.xsd of Jenkins' xunit plugin and
// surefire-test-report.xsd 3.0.2 of Maven Surefire, of which neither is in a package. What both
// allow is written down here, in our words.
#include <algorithm>
#include <map>
#include <pugixml.hpp>
#include <regex>
#include <set>

#include "runs.h"

using namespace halfopen;
using namespace halfopen::report;
using Catch::Matchers::Contains;

namespace {

struct Rule {
  std::vector<std::string> children;  ///< In this order.
  std::set<std::string> single;       ///< Those of them that come at most once.
  std::set<std::string> must;         ///< Attributes.
  std::set<std::string> may;
  bool text = false;
};

const std::map<std::string, Rule>& rules() {
  static const Rule leaf{{}, {}, {}, {}, true};
  static const Rule rerun{{"stackTrace", "system-out", "system-err"},
                          {"stackTrace", "system-out", "system-err"},
                          {"type"},
                          {"message"}};
  static const std::map<std::string, Rule> all{
      {"testsuites", {{"testsuite"}, {}, {}, {"name", "time", "tests", "failures", "errors"}}},
      {"testsuite",
       {{"properties", "testcase"},
        {"properties"},
        {"name", "tests", "failures", "errors", "skipped"},
        {"time", "timestamp", "group"}}},
      {"properties", {{"property"}, {}, {}, {}}},
      {"property", {{}, {}, {"name", "value"}, {}}},
      {"testcase",
       {{"failure", "rerunFailure", "flakyFailure", "skipped", "error", "rerunError", "flakyError",
         "system-out", "system-err"},
        {"skipped", "error", "system-out", "system-err"},
        {"name", "time"},
        {"classname", "group"}}},
      {"failure", {{}, {}, {}, {"type", "message"}, true}},
      {"error", {{}, {}, {}, {"type", "message"}, true}},
      {"skipped", {{}, {}, {}, {"message"}, true}},
      {"rerunFailure", rerun},
      {"rerunError", rerun},
      {"stackTrace", leaf},
      {"system-out", leaf},
      {"system-err", leaf}};
  return all;
}

void check_attributes(const pugi::xml_node& node, const Rule& rule) {
  for (const std::string& name : rule.must) {
    INFO(node.name() << " must have " << name);
    CHECK_FALSE(node.attribute(name.c_str()).empty());
  }
  for (const auto& attribute : node.attributes()) {
    INFO(node.name() << " has " << attribute.name());
    CHECK((rule.must.contains(attribute.name()) || rule.may.contains(attribute.name())));
  }
}

void check_values(const pugi::xml_node& node) {
  // As an xs:float, and as the xunit plugin's SUREFIRE_TIME.
  if (const auto time = node.attribute("time"); !time.empty())
    CHECK(std::regex_match(time.value(), std::regex("[0-9]+\\.[0-9]{3}")));
  if (const auto timestamp = node.attribute("timestamp"); !timestamp.empty())
    CHECK(std::regex_match(timestamp.value(), std::regex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z")));
}

void check(const pugi::xml_node& node) {
  INFO(node.path());
  REQUIRE(rules().contains(node.name()));
  const Rule& rule = rules().at(node.name());
  check_attributes(node, rule);
  check_values(node);
  std::size_t place = 0;
  std::map<std::string, int> seen;
  for (const auto& child : node.children()) {
    if (child.type() != pugi::node_element) {
      CHECK(rule.text);
      continue;
    }
    const auto found = std::ranges::find(rule.children, child.name());
    INFO("child " << child.name());
    REQUIRE(found != rule.children.end());
    const auto at = static_cast<std::size_t>(found - rule.children.begin());
    CHECK(at >= place);
    place = at;
    CHECK((++seen[child.name()] == 1 || !rule.single.contains(child.name())));
    check(child);
  }
}

pugi::xml_document parsed(const std::vector<Result>& results) {
  pugi::xml_document document;
  REQUIRE(document.load_string(junit(results, Places::left_out).c_str()));
  return document;
}

pugi::xml_node first_case(const pugi::xml_document& document) {
  return document.child("testsuites").child("testsuite").child("testcase");
}

std::string attribute(const pugi::xml_node& node, const char* name) {
  return node.attribute(name).value();
}

Result of_reference(Result result) {
  result.trace.header.client = "reference";
  return result;
}

std::ptrdiff_t count(const pugi::xml_node& node, const char* name) {
  const auto all = node.children(name);
  return std::distance(all.begin(), all.end());
}

}  // namespace

TEST_CASE("JUnit: the schemas' elements, attributes and order, for every outcome and repeats") {
  Result warned = passing();
  warned.verdict.warnings.push_back({{judge::Kind::invariant, 0, "close-code"},
                                     0,
                                     judge::wanted::Close{{1000}},
                                     judge::seen::NoClose{}});
  Result failed_and_warned = failing();
  failed_and_warned.verdict.warnings = warned.verdict.warnings;
  failed_and_warned.trace_file = "traces/a.jsonl";
  std::vector<Result> results = one_of_each();
  results.push_back(warned);
  for (const Result& each :
       {failed_and_warned, failing(), broken(), broken(), late(), unsupported()}) {
    results.push_back(each);
    results.push_back(of_reference(each));
  }
  const auto document = parsed(results);
  check(document.child("testsuites"));
  const auto empty = parsed({});
  CHECK(empty.child("testsuites"));
  check(empty.child("testsuites"));
}

TEST_CASE("JUnit: a run that was repeated is one test; it failed if one of them did") {
  const auto document = parsed({passing(), of_reference(failing()), of_reference(late()),
                                of_reference(broken()), of_reference(failing())});
  const auto suite = document.child("testsuites").child("testsuite");
  CHECK(attribute(suite, "tests") == "1");
  CHECK(attribute(suite, "failures") == "1");
  CHECK(attribute(suite, "errors") == "0");
  CHECK(count(suite, "testcase") == 1);
  const auto test = first_case(document);
  CHECK(attribute(test, "name") == "drops/reset");
  CHECK(count(test, "failure") == 1);
  CHECK_THAT(attribute(test.child("failure"), "message"),
             Catch::Matchers::StartsWith("2 of 5 runs failed: gaps[2] (line 12): expected"));
  CHECK(count(test, "rerunFailure") == 1);
  CHECK_THAT(attribute(test.child("rerunFailure"), "message"),
             Catch::Matchers::StartsWith("gaps[2] (line 12): expected"));
  CHECK(attribute(test.child("rerunFailure"), "type") == "gaps");
  CHECK_THAT(std::string(test.child("rerunFailure").child("stackTrace").text().get()),
             Contains("✕ gaps[2] (line 12)"));
  CHECK(count(test, "rerunError") == 1);
  CHECK(std::string(test.child("rerunError").child("stackTrace").text().get()) ==
        "start `nothing`: No such file or directory");
}

TEST_CASE("JUnit: repeats that all pass are one test of their whole time, without a word") {
  const auto document = parsed({passing(), passing()});  // of 5.702 s each
  const auto test = first_case(document);
  CHECK(test.first_child().empty());
  CHECK(attribute(test, "time") == "11.404");
  CHECK(attribute(document.child("testsuites"), "tests") == "1");
}

TEST_CASE("JUnit: a repeat that stayed undecided is no pass") {
  const auto document = parsed({passing(), of_reference(late()), passing()});
  CHECK_THAT(attribute(first_case(document).child("skipped"), "message"),
             Catch::Matchers::StartsWith("inconclusive: 1 of 3 runs: halfopen itself"));
}

TEST_CASE("JUnit: another seed, link or text of the scenario is another test") {
  Result seed = passing();
  seed.trace.header.seed = 43;
  Result link = passing();
  link.trace.header.link = "stream";
  Result text = passing();
  text.trace.header.scenario_hash = "other";
  const auto document = parsed({passing(), seed, link, text});
  CHECK(count(document.child("testsuites").child("testsuite"), "testcase") == 4);
}

TEST_CASE("JUnit: places are for those who read them") {
  CHECK_THAT(junit({failing()}), Contains("file=\"scenarios/drops/reset.toml\" line=\"12\""));
  CHECK_THAT(junit({failing()}, Places::left_out), !Contains("file=") && !Contains("line=\""));
}
