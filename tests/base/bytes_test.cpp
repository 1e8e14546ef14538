// Bytes as text.
#include "base/bytes.h"

#include <catch2/catch.hpp>
#include <string>

using namespace halfopen;

namespace {

bool valid(const std::string& text) { return is_utf8(as_bytes(text)); }

}  // namespace

TEST_CASE("hexadecimal has two digits a byte") {
  CHECK(hex({}).empty());
  CHECK(hex(Bytes{0x00, 0x0f, 0xff}) == "000fff");
}

TEST_CASE("well-formed UTF-8, up to the ends of each length") {
  for (const std::string text :
       {"", "a", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
        "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "κόσμε"})
    CHECK(valid(text));
}

TEST_CASE("ill-formed UTF-8: overlong, surrogates, too high, cut off, stray") {
  for (const std::string text :
       {"\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf", "\xed\xa0\x80", "\xed\xbf\xbf",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\x80", "\xc2", "\xe2\x82", "\xf0\x9f\x92",
        "a\xc2", "\xe2\x28\xa1"})
    CHECK_FALSE(valid(text));
}

TEST_CASE("text is made printable: control bytes and bad UTF-8 are escaped, the rest stays") {
  CHECK(printable(as_bytes("a\n\r\t\x1b")) == "a\\n\\r\\t\\x1b");
  CHECK(printable(as_bytes("é€")) == "é€");
  CHECK(printable(as_bytes("a\xff")) == "a\\xff");
  CHECK(printable(as_bytes("abcdef"), 3) == "abc… (6 bytes)");
  CHECK(printable(as_bytes("a€b"), 2) == "a€… (5 bytes)");
}

TEST_CASE("what a terminal obeys, turns around or hides is escaped by its code point") {
  CHECK(printable_line("\u0080\u009b2J\u009f") == "\\u0080\\u009b2J\\u009f");
  CHECK(printable_line("\x7f") == "\\u007f");
  CHECK(printable_line("\u061c\u200e\u200f") == "\\u061c\\u200e\\u200f");
  CHECK(printable_line("\u202a\u202e\u2066\u2069") == "\\u202a\\u202e\\u2066\\u2069");
  CHECK(printable_line("a\u2028b\u2029c") == "a\\u2028b\\u2029c");
  CHECK(printable_line("\ufeff\u200b\U000e0041") == "\\ufeff\\u200b\\udb40\\udc41");
  CHECK(printable_line("\u00a0é\u200dעברית 🏳") == "\u00a0é\u200dעברית 🏳");
}

TEST_CASE("of several lines their ends and tabs stay, and nothing is cut") {
  CHECK(printable_lines("a\tb\n\x1b[31m\u202e\r\n") == "a\tb\n\\x1b[31m\\u202e\\r\n");
  CHECK(printable_lines(std::string(1000, 'x')).size() == 1000);
  CHECK(printable_lines(printable_lines("\x1b\u0085")) == "\\x1b\\u0085");
}
