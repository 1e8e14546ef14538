// --filter and --tag: which scenarios fit, and what is said of slips.
#include "cli/filter.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "cli/selection.h"

using namespace halfopen;
using namespace halfopen::cli;

namespace {

scenario::Scenario named(std::string name, std::vector<std::string> tags = {}) {
  scenario::Scenario scenario;
  scenario.name = std::move(name);
  scenario.tags = std::move(tags);
  return scenario;
}

std::vector<scenario::Scenario> some() {
  return {named("tls/expired", {"tls", "certificate"}), named("tls/slow/rst", {"tls", "slow"}),
          named("dns/nxdomain", {"lookup"}), named("proxy/403")};
}

/// The names of those that fit, joined.
std::string chosen(const std::string& filter, std::vector<std::string> tags = {}) {
  std::string names;
  for (const scenario::Scenario& each : select(some(), {std::move(tags), filter}))
    names += (names.empty() ? "" : " ") + each.name;
  return names;
}

std::string mistake(const std::string& filter, const std::vector<std::string>& tags = {}) {
  try {
    return "none, but chose " + chosen(filter, tags);
  } catch (const Misuse& misuse) {
    return misuse.option() + ": " + misuse.what();
  }
}

}  // namespace

TEST_CASE("filter: tags, names and folders, joined by and, or, not") {
  CHECK(chosen("tls") == "tls/expired tls/slow/rst");
  CHECK(chosen("tls and not slow") == "tls/expired");
  CHECK(chosen("proxy/* or dns/*") == "dns/nxdomain proxy/403");
  CHECK(chosen("tls/slow") == "tls/slow/rst");
  CHECK(chosen("not tls and not dns") == "proxy/403");
  CHECK(chosen("not (tls or dns)") == "proxy/403");
  CHECK(chosen("proxy or tls and slow") == "tls/slow/rst proxy/403");
  CHECK(chosen("(proxy or tls)and slow") == "tls/slow/rst");
  CHECK(chosen("*/?03") == "proxy/403");
  CHECK(chosen("not not lookup") == "dns/nxdomain");
}

TEST_CASE("filter: a tag, of several any, and the filter on top") {
  CHECK(chosen("", {"lookup", "slow"}) == "tls/slow/rst dns/nxdomain");
  CHECK(chosen("dns", {"lookup", "slow"}) == "dns/nxdomain");
}

TEST_CASE("filter: what is wrong with an expression, and where") {
  CHECK(mistake("tls and") ==
        "--filter: column 8: a tag or a name is missing after `and`\n"
        "    tls and\n"
        "           ^");
  CHECK(mistake("and tls") ==
        "--filter: column 1: a tag or a name is missing (like `tls and not slow`)\n"
        "    and tls\n"
        "    ^");
  CHECK(mistake("tls slow") ==
        "--filter: column 5: `and` or `or` is missing before `slow`\n"
        "    tls slow\n"
        "        ^");
  CHECK(mistake("(tls or dns") ==
        "--filter: column 12: a ) is missing\n"
        "    (tls or dns\n"
        "               ^");
  CHECK(mistake("tls)") ==
        "--filter: column 4: there is no ( that this one closes\n"
        "    tls)\n"
        "       ^");
  CHECK(mistake("   ") ==
        "--filter: column 4: a tag or a name is missing (like `tls and not slow`)\n"
        "       \n"
        "       ^");
  CHECK_THROWS_AS(Filter(std::string(100'000, '(')), Error);
  CHECK_THROWS_AS(Filter([] {
                    std::string text;
                    for (int i = 0; i < 100'000; ++i) text += "not ";
                    return text + "tls";
                  }()),
                  Error);
}

TEST_CASE("filter: a slip is said, and nothing left is an error") {
  CHECK(mistake("tls and not slwo") ==
        "--filter: column 13: `slwo` is no tag, name or folder of these 4 scenarios; did you mean "
        "`slow`?\n"
        "    tls and not slwo\n"
        "                ^");
  CHECK(mistake("tls and dns") ==
        ": nothing is left: none of 4 scenarios fits --filter 'tls and dns'");
  CHECK(mistake("", {"lokup"}) ==
        "--tag: none of 4 scenarios has the tag `lokup`; did you mean `lookup`?");
  CHECK(mistake("", {"other"}) ==
        "--tag: none of 4 scenarios has the tag `other`; there are: certificate, lookup, slow, "
        "tls");
}
