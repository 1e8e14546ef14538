// What a step wanted and what came instead, made from what the trace has of it.
#include "report/step_words.h"

#include <catch2/catch.hpp>

using namespace halfopen::report;
using namespace halfopen::trace;
using namespace std::chrono_literals;

namespace {

std::string wanted(Matching matching, const std::string& pattern) {
  return wanted_of({.matching = matching, .pattern = pattern, .within = 2s});
}

}  // namespace

TEST_CASE("a message that was wanted, in each way of matching") {
  CHECK(wanted(Matching::any, "") == "any message within 2s");
  CHECK(wanted(Matching::text, "hello") == "\"hello\" within 2s");
  CHECK(wanted(Matching::regex, "^h") == "a message that matches /^h/ within 2s");
  CHECK(wanted(Matching::json, R"({"a":1})") == R"(a JSON message with {"a":1} within 2s)");
  CHECK(wanted(Matching::hex, "c000ff") == "the bytes c0 00 ff within 2s");
  CHECK(wanted(Matching::hex, "zz0") == "the bytes 00 within 2s");  // of a trace from anywhere
}

TEST_CASE("who ended the connection is said, and whose Close had come") {
  StepFailed failed{.missed = Missed::connection, .cause = Cause::ended};
  CHECK(seen_instead(failed) == "the client ended TCP (FIN)");
  failed.close_code = 1000;
  CHECK(seen_instead(failed) == "the client ended TCP (FIN), after its Close 1000");
  failed.how = End::reset;
  failed.by = By::middlebox;
  CHECK(seen_instead(failed) == "a middlebox reset TCP (RST), after the client's Close 1000");
}
