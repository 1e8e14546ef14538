// Messages about a place in a text.
#include "base/diagnostic.h"

#include <catch2/catch.hpp>
#include <string>

using namespace halfopen;

TEST_CASE("a diagnostic shows its line with a caret below its column") {
  CHECK(render({"a.toml", {2, 5}, "no good"}, "one\ntwo = 2\nthree") ==
        "a.toml:2:5: no good\n    two = 2\n        ^");
}

TEST_CASE("the last line needs no end, and Windows' line ends do not show") {
  CHECK(render({"a", {2, 1}, "x"}, "one\ntwo") == "a:2:1: x\n    two\n    ^");
  CHECK(render({"a", {1, 1}, "x"}, "one\r\ntwo") == "a:1:1: x\n    one\n    ^");
}

TEST_CASE("tabs stay tabs, so that the caret stands right") {
  CHECK(render({"a", {1, 3}, "x"}, "\ta = 1") == "a:1:3: x\n    \ta = 1\n    \t ^");
}

TEST_CASE("without a place, or beyond the text, there is no source line") {
  CHECK(render({"a.toml", {}, "no such file"}, "") == "a.toml: no such file");
  CHECK(render({"a", {9, 1}, "x"}, "one") == "a:9:1: x");
  CHECK(render({"a", {1, 1}, "x"}, "") == "a:1:1: x");
}

TEST_CASE("the nearest word is found for the usual slips") {
  const std::vector<std::string> words{"attempts", "gaps", "growing", "send", "wait"};
  CHECK(nearest("atempts", words) == "attempts");
  CHECK(nearest("attemptss", words) == "attempts");
  CHECK(nearest("growimg", words) == "growing");
  CHECK(nearest("sned", words) == "send");
  CHECK(nearest("gap", words) == "gaps");
  CHECK(nearest("colour", words).empty());
  CHECK(nearest("", words).empty());
  CHECK(nearest("x", {}).empty());
  CHECK(did_you_mean("wiat", words) == "; did you mean `wait`?");
  CHECK(did_you_mean("colour", words).empty());
}

TEST_CASE("what a terminal would obey is escaped in a diagnostic, and the caret still fits") {
  CHECK(render({"a\x1b.toml", {1, 4}, "unknown key `\u202e`"}, "\x1b\u009bx = 1\n") ==
        "a\\x1b.toml:1:4: unknown key `\\u202e`\n"
        "    \\x1b\\u009bx = 1\n"
        "              ^");
}
