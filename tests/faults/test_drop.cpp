// What each drop does to the connection.
#include <catch2/catch.hpp>

#include "faults/fault.h"

using namespace halfopen;
using namespace halfopen::faults;

namespace {

/// The acts in words: "send 8140…, reset".
std::string acts(std::string_view name, Arguments arguments = {}) {
  Use use{find(Layer::drop, name), std::move(arguments)};
  REQUIRE(use.fault != nullptr);
  complete(use);
  std::string words;
  for (const Act& act : use.fault->acts(use.arguments)) {
    if (!words.empty()) words += ", ";
    switch (act.kind) {
      case Act::Kind::send:
        words += "send " + hex(act.bytes);
        break;
      case Act::Kind::finish:
        words += "finish";
        break;
      case Act::Kind::cut:
        words += "cut";
        break;
      case Act::Kind::reset:
        words += "reset";
        break;
      case Act::Kind::vanish:
        words += "vanish";
        break;
      case Act::Kind::ignore:
        words += "ignore";
        break;
    }
  }
  return words;
}

}  // namespace

TEST_CASE("the simple ends") {
  CHECK(acts("reset") == "reset");
  CHECK(acts("fin") == "finish");
  CHECK(acts("silent") == "vanish");
  CHECK(acts("deaf") == "ignore");
  CHECK(acts("no-close-notify") == "cut");
}

TEST_CASE("only a missing close_notify needs TLS") {
  for (const Fault* fault : all()) {
    CAPTURE(fault->name);
    CHECK(fault->needs_tls == (fault->name == "no-close-notify"));
  }
}

TEST_CASE("a frame is cut where the scenario says") {
  const auto frame = [](std::int64_t length, std::int64_t sent, std::string end) {
    return acts("mid-frame", {{"length", length}, {"sent", sent}, {"end", std::move(end)}});
  };
  CHECK(frame(5, 4, "reset") == "send 81057878, reset");
  CHECK(frame(5, 1, "fin") == "send 81, cut");
  CHECK(frame(200, 4, "silent") == "send 817e00c8, vanish");
}

TEST_CASE("a cut frame is never whole") {
  CHECK(acts("mid-frame", {{"length", std::int64_t{2}}, {"sent", std::int64_t{100}}}) ==
        "send 810278, reset");
}

TEST_CASE("a message is cut between its fragments") {
  CHECK(acts("mid-message", {{"text", "Hel"}}) == "send 010348656c, reset");
  CHECK(acts("mid-message", {{"text", "Hel"}, {"end", "fin"}}) == "send 010348656c, cut");
}

TEST_CASE("an end that is none is an error that names the ones there are") {
  CHECK_THROWS_WITH(acts("mid-message", {{"end", "bang"}}),
                    "end a connection: \"bang\" is none of reset, fin, silent");
}
