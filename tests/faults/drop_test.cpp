// What each drop does to the connection. The bytes of those that cut frames: rfc_bytes_test.cpp.
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

TEST_CASE("a cut frame is never whole") {
  CHECK(acts(Layer::drop, "mid-frame",
             {{"length", std::int64_t{2}}, {"sent", std::int64_t{100}}}) == "send 810278, reset");
}

TEST_CASE("an end that is none is an error that names the ones there are") {
  CHECK_THROWS_WITH(acts(Layer::drop, "mid-message", {{"end", "bang"}}),
                    "end a connection: \"bang\" is none of reset, fin, silent");
}
