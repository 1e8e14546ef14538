// The closing handshake step by step: who closed first, and what may still be done after each step
// (RFC 6455, sections 5.5.1 and 7.1).
#include "run/closing.h"

#include <catch2/catch.hpp>

using namespace halfopen::run;
using State = Closing::State;

TEST_CASE("while nobody has closed, both sides send and are heeded") {
  const Closing closing;
  CHECK(closing.state() == State::open);
  CHECK_FALSE(closing.first());
  CHECK(closing.server_may_send());
  CHECK(closing.client_is_heeded());
  CHECK_FALSE(closing.owes_answer());
  CHECK_FALSE(closing.ends_tcp());
  CHECK(closing.answers_fin());
}

TEST_CASE("the client closes: it is answered, and then the server ends TCP") {
  Closing closing;
  closing.receive();
  CHECK(closing.state() == State::client_closed);
  CHECK(closing.first() == By::client);
  CHECK(closing.owes_answer());
  CHECK(closing.server_may_send());  // the message that it is in the middle of
  CHECK_FALSE(closing.client_is_heeded());
  CHECK_FALSE(closing.ends_tcp());
  closing.send();
  CHECK(closing.state() == State::closed);
  CHECK(closing.first() == By::client);
  CHECK_FALSE(closing.owes_answer());
  CHECK_FALSE(closing.server_may_send());
  CHECK(closing.ends_tcp());
}

TEST_CASE(
    "the server closes: it sends no more data, but hears the client until that has answered") {
  Closing closing;
  closing.send();
  CHECK(closing.state() == State::server_closed);
  CHECK(closing.first() == By::server);
  CHECK_FALSE(closing.server_may_send());
  CHECK(closing.client_is_heeded());
  CHECK_FALSE(closing.ends_tcp());
  closing.receive();
  CHECK(closing.state() == State::closed);
  CHECK(closing.first() == By::server);
  CHECK_FALSE(closing.owes_answer());
  CHECK_FALSE(closing.client_is_heeded());
  CHECK(closing.ends_tcp());
}

TEST_CASE("a second Close of the same side changes nothing") {
  Closing closing;
  SECTION("the server's") {
    closing.send();
    closing.send();
    CHECK(closing.state() == State::server_closed);
    CHECK(closing.client_is_heeded());
  }
  SECTION("the client's") {
    closing.receive();
    closing.receive();
    CHECK(closing.state() == State::client_closed);
    CHECK(closing.owes_answer());
  }
  SECTION("behind both") {
    closing.send();
    closing.receive();
    closing.receive();
    closing.send();
    CHECK(closing.state() == State::closed);
    CHECK(closing.first() == By::server);
  }
}

TEST_CASE("a server that withholds its answer owes none, and ends nothing") {
  Closing closing;
  closing.withhold();
  closing.receive();
  CHECK(closing.state() == State::client_closed);
  CHECK_FALSE(closing.owes_answer());
  CHECK_FALSE(closing.answers_fin());
  closing.send();  // its own, later
  CHECK(closing.state() == State::closed);
  CHECK_FALSE(closing.ends_tcp());
}

TEST_CASE("a server may leave it to the client to end TCP") {
  Closing closing;
  closing.leave_tcp(true);
  closing.send();
  closing.receive();
  CHECK(closing.state() == State::closed);
  CHECK_FALSE(closing.ends_tcp());
  CHECK(closing.answers_fin());
}
