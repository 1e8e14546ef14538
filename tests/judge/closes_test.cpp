// `closes_with`: the Close frames that the client sends.
#include "tale.h"

using namespace halfopen::judge;

namespace {

Tale closing_with(int code) {
  return Tale().begins(0, 1).opened(0, 1).sent(1, 1, "close", code).left(1.1, 1).over(2);
}

}  // namespace

TEST_CASE("the client's Close frames have one of the codes") {
  CHECK(verdict_on("[expect]\ncloses_with = 1000", closing_with(1000)) == "pass");
  CHECK(verdict_on("[expect]\ncloses_with = [1002, 1007]", closing_with(1007)) == "pass");
  CHECK(verdict_on("[expect]\ncloses_with = [1002, 1007]", closing_with(1000)) ==
        "fail\ncloses_with (3): Close 1002 or 1007 | Close 1000 at 1.00 s");
}

TEST_CASE("there is at least one Close frame") {
  CHECK(verdict_on("[expect]\ncloses_with = 1000",
                   Tale().begins(0, 1).opened(0, 1).ended(1, 1).over(2)) ==
        "fail\ncloses_with (3): Close 1000 | no Close frame from the client");
}

TEST_CASE("only the Close of the attempt that is asked for counts") {
  const std::string second =
      "[expect]\nattempts = \"2..\"\ncloses_with = { code = 1000, attempt = 2 }";
  CHECK(verdict_on(second, closing_with(1006)).find("closes_with (4): Close 1000 | no Close") !=
        std::string::npos);
  CHECK(verdict_on(second, Tale()
                               .begins(0, 1)
                               .opened(0, 1)
                               .sent(1, 1, "close", 1011)
                               .left(1, 1)
                               .begins(3, 2)
                               .opened(3, 2)
                               .sent(4, 2, "close", 1000)
                               .left(4, 2)
                               .over(5)) == "pass");
}
