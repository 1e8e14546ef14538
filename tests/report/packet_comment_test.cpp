// What a capture says beside its packets.
#include "report/packet_comment.h"

#include <catch2/catch.hpp>

using namespace halfopen;
using namespace std::chrono_literals;

TEST_CASE("a comment has the event's time, its attempt and its words") {
  CHECK(report::packet_comment(
            {1s + 250us, 2, 0, trace::FaultStruck{trace::Layer::drop, "reset", "Resets."}}) ==
        "1.000250 s, attempt 2: fault reset: Resets.");
  CHECK(report::packet_comment({2s, 0, 0, trace::LinkChanged{.text = "down"}}) ==
        "2.000000 s: link: down");
  CHECK(report::packet_comment({2s, 1, 0,
                                trace::Packet{trace::Control::syn, trace::Side::client,
                                              trace::Fate::dropped_by_rule, 1}}) ==
        "2.000000 s, attempt 1: client → syn, dropped by rule");
}

TEST_CASE("what the packets show by themselves has no comment") {
  CHECK(report::packet_comment({1s, 1, 0, trace::Frame{}}).empty());
  CHECK(report::packet_comment({1s, 1, 0, trace::Request{}}).empty());
  CHECK(report::packet_comment({1s, 1, 0, trace::StepBegins{}}).empty());
}

TEST_CASE("a comment is text, whatever the client reports") {
  trace::ClientEvent event;
  event.reported = trace::Report::error;
  event.text = "a\nb\x1b[2J";
  CHECK(report::packet_comment({1s, 0, 0, event}) ==
        "1.000000 s: client says error \"a\\nb\\x1b[2J\"");
}
