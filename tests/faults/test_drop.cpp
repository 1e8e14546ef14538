// What each drop does to the connection.
#include <set>

#include "acts.h"

using namespace halfopen;
using namespace halfopen::faults;

TEST_CASE("the simple ends") {
  CHECK(acts(Layer::drop, "reset") == "reset");
  CHECK(acts(Layer::drop, "fin") == "finish");
  CHECK(acts(Layer::drop, "silent") == "vanish");
  CHECK(acts(Layer::drop, "deaf") == "ignore");
  CHECK(acts(Layer::drop, "no-close-notify") == "cut");
}

TEST_CASE("only what is about TLS records needs TLS") {
  for (const Fault* fault : all()) {
    CAPTURE(fault->name);
    const std::set<std::string_view> about_tls{"bad-record-mac", "no-close-notify",
                                               "oversized-record"};
    CHECK(fault->needs_tls == about_tls.contains(fault->name));
  }
}

TEST_CASE("a frame is cut where the scenario says") {
  const auto frame = [](std::int64_t length, std::int64_t sent, std::string end) {
    return acts(Layer::drop, "mid-frame",
                {{"length", length}, {"sent", sent}, {"end", std::move(end)}});
  };
  CHECK(frame(5, 4, "reset") == "send 81057878, reset");
  CHECK(frame(5, 1, "fin") == "send 81, cut");
  CHECK(frame(200, 4, "silent") == "send 817e00c8, vanish");
}

TEST_CASE("a cut frame is never whole") {
  CHECK(acts(Layer::drop, "mid-frame",
             {{"length", std::int64_t{2}}, {"sent", std::int64_t{100}}}) == "send 810278, reset");
}

TEST_CASE("a message is cut between its fragments") {
  CHECK(acts(Layer::drop, "mid-message", {{"text", "Hel"}}) == "send 010348656c, reset");
  CHECK(acts(Layer::drop, "mid-message", {{"text", "Hel"}, {"end", "fin"}}) ==
        "send 010348656c, cut");
}

TEST_CASE("an end that is none is an error that names the ones there are") {
  CHECK_THROWS_WITH(acts(Layer::drop, "mid-message", {{"end", "bang"}}),
                    "end a connection: \"bang\" is none of reset, fin, silent");
}
