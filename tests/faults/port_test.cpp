// How each fault of the port receives a connection.
#include <catch2/catch.hpp>

#include "faults/fault.h"

using namespace halfopen;
using namespace halfopen::faults;
using namespace std::chrono_literals;

namespace {

Reception received(std::string_view name, Arguments arguments = {}) {
  Use use{find(Layer::port, name), std::move(arguments)};
  REQUIRE(use.fault != nullptr);
  complete(use);
  return use.fault->receive(use.arguments);
}

}  // namespace

TEST_CASE("what the network says in the place of a server") {
  using Answer = Reception::Answer;
  CHECK(received("closed").answer == Answer::reset);
  CHECK(received("filtered").answer == Answer::silence);
  CHECK(received("unreachable").answer == Answer::unreachable);
  CHECK(received("unreachable").unreachable == "host");
  CHECK(received("unreachable", {{"code", "prohibited"}}).unreachable == "prohibited");
}

TEST_CASE("a listen queue that is full answers the SYNs after the first ones, and serves them") {
  const Reception full = received("listen-queue-full", {{"syns", std::int64_t{3}}});
  CHECK(full.answer == Reception::Answer::accept);
  CHECK(full.unanswered == 3);
  CHECK(full.served);
}

TEST_CASE("what is accepted and not served ends in its way, at its time, or not at all") {
  const Reception reset =
      received("accept-reset", {{"bytes", std::int64_t{20}}, {"after", Duration(2s)}});
  CHECK_FALSE(reset.served);
  CHECK(reset.after_bytes == 20);
  CHECK(reset.after == 2s);
  CHECK(reset.end->kind == Act::Kind::reset);
  CHECK(received("accept-fin").end->kind == Act::Kind::cut);
  CHECK(received("accept-fin").after_bytes == 0);
  CHECK_FALSE(received("accept-silent").end);
}

TEST_CASE("a banner is a line of its own, before the client has said anything") {
  const Reception ssh = received("banner");
  CHECK(as_text(ssh.greeting) == "SSH-2.0-OpenSSH_9.2p1\r\n");
  CHECK(ssh.after_bytes == 1);
  CHECK(ssh.end->kind == Act::Kind::cut);
  CHECK(received("banner", {{"end", "reset"}}).end->kind == Act::Kind::reset);
  CHECK_FALSE(received("banner", {{"end", "stay"}}).end);
}

TEST_CASE("what speaks only TLS ends with a fatal alert, unexpected_message, as JSSE does") {
  const Reception tls = received("tls");
  CHECK_FALSE(tls.served);
  CHECK(tls.greeting.empty());
  CHECK(tls.after_bytes == 5);
  CHECK(tls.farewell == Bytes{0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x0a});
  CHECK(tls.end->kind == Act::Kind::cut);
}
