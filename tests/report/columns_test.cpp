// Text measured in columns.
#include "report/columns.h"

#include <catch2/catch.hpp>

using namespace halfopen::report;

TEST_CASE("columns are counted by character, not by byte") {
  CHECK(columns("gap") == 3);
  CHECK(columns("✓ →×") == 4);
  CHECK(columns("接続") == 4);
  CHECK(columns("e\u0301") == 1);
  CHECK(columns("") == 0);
  CHECK(columns("\xf0") == 1);  // Cut in mid-character: nothing is read beyond the end.
}

TEST_CASE("text is cut to a width with an ellipsis") {
  CHECK(fit("reconnect", 9) == "reconnect");
  CHECK(fit("reconnect", 8) == "reconne…");
  CHECK(fit("接続接続", 6) == "接続…");
  CHECK(fit("✓✓✓✓", 3) == "✓✓…");
}

TEST_CASE("text is padded to a width") {
  CHECK(padded("✓", 3) == "✓  ");
  CHECK(padded("four", 3) == "four");
}

TEST_CASE("text is wrapped between words, and a long word is left whole") {
  CHECK(wrapped("the client gave it up", 14, 2) == "the client\n  gave it up");
  CHECK(wrapped("incomprehensibilities", 5, 0) == "incomprehensibilities");
  CHECK(wrapped("", 5, 0).empty());
}
