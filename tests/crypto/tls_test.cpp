// TLS between a client and a server in memory.
#include <algorithm>
#include <catch2/catch.hpp>

#include "base/random.h"
#include "pair.h"
#include "support/heap.h"

using namespace halfopen;
using namespace halfopen::crypto;
using halfopen::tests::in_use;

namespace {

const Authority& authority() {
  static const Authority made;
  return made;
}

Tls a_server() { return Tls::server(authority().issue({"server.test"})); }

}  // namespace

TEST_CASE("client and server open with TLS 1.3, and the server sees the name asked for") {
  Pair pair(authority(), "server.test", authority(), "server.test");
  pair.exchange();
  CHECK(pair.client.problem().empty());
  CHECK(pair.client.state() == Tls::State::open);
  CHECK(pair.server.state() == Tls::State::open);
  CHECK(pair.server.version() == "TLSv1.3");
  CHECK(pair.server.server_name() == "server.test");
  CHECK(pair.server.alert().empty());
}

TEST_CASE("a session is resumed by a server with the same key for its tickets, and by no other") {
  const Bytes key = make_ticket_key();
  const auto connect = [](const Bytes& ticket_key, const Session* session) {
    Pair pair(authority(), "server.test", authority(), "server.test");
    pair.client = Tls::client(TemporaryFile(authority().pem()).path(), "server.test",
                              {.keeps_sessions = true, .protocols = {}});
    pair.server =
        Tls::server(authority().issue({"server.test"}), {.protocol = {}, .ticket_key = ticket_key});
    if (session != nullptr) pair.client.offer(*session);
    pair.exchange();
    REQUIRE(pair.client.state() == Tls::State::open);
    REQUIRE(pair.server.session_offered() == (session != nullptr));
    REQUIRE(pair.client.resumed() == pair.server.resumed());
    return pair;
  };
  CHECK_FALSE(connect(key, nullptr).client.resumed());
  // Of a connection that is gone, and was not closed in good order.
  const auto session = connect(key, nullptr).client.session();
  REQUIRE(session);
  CHECK(connect(key, session.get()).client.resumed());
  CHECK(connect(key, session.get()).client.resumed());
  CHECK_FALSE(connect(make_ticket_key(), session.get()).client.resumed());
  CHECK_FALSE(connect({}, session.get()).client.resumed());
  CHECK_FALSE(connect({}, nullptr).client.session());
}

TEST_CASE("thousands of connections of one server share what they have in common") {
  const auto identity = authority().issue({"server.test"});
  // A plan of its own needs settings of its own.
  const auto cost = [&](bool same_plan) {
    const Bytes key = make_ticket_key();
    const std::size_t before = in_use();
    std::vector<Tls> servers;
    for (int i = 0; i < 500; ++i)
      servers.push_back(Tls::server(
          identity, {.protocol = {}, .ticket_key = same_plan ? key : make_ticket_key()}));
    return (in_use() - before) / servers.size();
  };
  const std::size_t alike = cost(true);
  const std::size_t different = cost(false);
  INFO(alike << " bytes for each, " << different << " where each has a plan of its own");
  CHECK(alike * 4 < different * 3);
}

TEST_CASE("the secrets of a connection go to the key log of its server, and to no other") {
  std::vector<std::string> one;
  std::vector<std::string> other;
  const auto log_to = [](std::vector<std::string>& lines) {
    return [&lines](std::string_view line) { lines.emplace_back(line); };
  };
  Identities first(authority(), {"server.test"}, log_to(one));
  Identities second(authority(), {"server.test"}, log_to(other));
  Pair pair(authority(), "server.test", authority(), "server.test");
  pair.server = Tls::server(first.get());
  const Tls quiet = Tls::server(second.get());
  pair.exchange();
  REQUIRE(pair.server.state() == Tls::State::open);
  CHECK(other.empty());
  const auto count = [&](std::string_view label) {
    return std::count_if(one.begin(), one.end(), [&](const std::string& line) {
      return line.starts_with(label) && line.find('\n') == std::string::npos;
    });
  };
  CHECK(count("CLIENT_HANDSHAKE_TRAFFIC_SECRET ") == 1);
  CHECK(count("CLIENT_TRAFFIC_SECRET_0 ") == 1);
  CHECK(count("SERVER_TRAFFIC_SECRET_0 ") == 1);
}

TEST_CASE("the handshake goes through byte by byte") {
  Pair pair(authority(), "server.test", authority(), "server.test");
  pair.exchange(1);
  CHECK(pair.client.state() == Tls::State::open);
  CHECK(pair.server.state() == Tls::State::open);
}

TEST_CASE("addresses are verified as addresses, and not sent as a name") {
  for (const std::string address : {"192.0.2.7", "2001:db8::7"}) {
    Pair pair(authority(), address, authority(), address);
    pair.exchange();
    CHECK(pair.client.problem().empty());
    CHECK(pair.server.state() == Tls::State::open);
    CHECK(pair.server.server_name().empty());
  }
}

TEST_CASE("data goes both ways, whatever its size and cut") {
  Pair pair(authority(), "server.test", authority(), "server.test");
  pair.exchange();
  Draws draws(1);
  Bytes up(200'000);
  for (std::uint8_t& byte : up) byte = static_cast<std::uint8_t>(draws.bits());
  pair.client.send(up);
  pair.server.send(as_bytes("down"));
  pair.exchange(1337);
  CHECK(pair.at_server == up);
  CHECK(as_text(pair.at_client) == "down");
}

TEST_CASE("nothing is sent before the handshake is over") {
  Tls server = a_server();
  server.send(as_bytes("too early"));
  CHECK(server.take_output().empty());
}

TEST_CASE("close_notify reaches the peer, which may still answer") {
  Pair pair(authority(), "server.test", authority(), "server.test");
  pair.exchange();
  pair.client.send(as_bytes("last words"));
  pair.client.shutdown();
  CHECK(pair.client.state() == Tls::State::closed);
  pair.exchange();
  CHECK(as_text(pair.at_server) == "last words");
  CHECK(pair.server.peer_closed());
  CHECK(pair.server.state() == Tls::State::open);
  pair.server.send(as_bytes("bye"));
  pair.server.shutdown();
  pair.exchange();
  CHECK(as_text(pair.at_client) == "bye");
  CHECK(pair.client.peer_closed());
  CHECK(pair.client.alert().empty());
  CHECK(pair.server.problem().empty());
}

TEST_CASE("what comes behind close_notify is dropped") {
  Pair pair(authority(), "server.test", authority(), "server.test");
  pair.exchange();
  pair.client.shutdown();
  pair.exchange();
  REQUIRE(pair.server.peer_closed());
  pair.server.received(Bytes(1000, 0x17), pair.at_server);
  CHECK(pair.at_server.empty());
  CHECK(pair.server.problem().empty());
}

TEST_CASE("a client that does not know the authority says unknown_ca") {
  const Authority other;
  Pair pair(other, "server.test", authority(), "server.test");
  pair.exchange();
  CHECK(pair.client.state() == Tls::State::failed);
  CHECK(pair.client.alert() == "unknown_ca");
  CHECK_FALSE(pair.client.alert_from_peer());
  CHECK(pair.server.state() == Tls::State::failed);
  CHECK(pair.server.alert() == "unknown_ca");
  CHECK(pair.server.alert_from_peer());
  CHECK(pair.server.problem() == "tlsv1 alert unknown ca");
}

TEST_CASE("a certificate for another host or address is refused") {
  for (const std::string wanted : {"server.test", "192.0.2.7"}) {
    Pair pair(authority(), wanted, authority(), "other.test");
    pair.exchange();
    CHECK(pair.client.state() == Tls::State::failed);
    CHECK(pair.client.problem().find("mismatch") != std::string::npos);
    CHECK(pair.server.state() == Tls::State::failed);
    CHECK(pair.server.alert() == "bad_certificate");
    CHECK(pair.server.alert_from_peer());
  }
}

TEST_CASE("plain text to a TLS port is reported at its first byte") {
  Tls server = a_server();
  Bytes plain;
  server.received(as_bytes("G"), plain);
  CHECK(server.state() == Tls::State::failed);
  CHECK(server.plain_text());
  CHECK(server.problem() == "not TLS but: G");
  CHECK(plain.empty());
}

TEST_CASE("plain text from a server is reported to the client") {
  const TemporaryFile ca(authority().pem());
  Tls client = Tls::client(ca.path(), "server.test");
  client.start();
  Bytes plain;
  client.received(as_bytes("HTTP/1.1 400 Bad Request\r\n"), plain);
  CHECK(client.plain_text());
  CHECK(client.problem() == "not TLS but: HTTP/1.1 400 Bad Request\\r\\n");
}

TEST_CASE("a broken record fails the connection with an alert") {
  Pair pair(authority(), "server.test", authority(), "server.test");
  pair.exchange();
  pair.client.send(as_bytes("hello"));
  Bytes cipher = pair.client.take_output();
  cipher.back() ^= 1;
  pair.server.received(cipher, pair.at_server);
  CHECK(pair.at_server.empty());
  CHECK(pair.server.state() == Tls::State::failed);
  CHECK(pair.server.alert() == "bad_record_mac");
  CHECK_FALSE(pair.server.alert_from_peer());
  pair.exchange();
  CHECK(pair.client.alert() == "bad_record_mac");
  CHECK(pair.client.alert_from_peer());
}

TEST_CASE("random bytes never do harm to the handshake") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Draws draws(mix({seed}));
    Bytes bytes(1 + draws.bits() % 2000);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(draws.bits());
    const Bytes beginning = {0x16, 0x03, 0x01, 0x00, 0x40, 0x01};
    std::copy(beginning.begin(), beginning.end(), bytes.size() > 6 ? bytes.begin() : bytes.end());
    Tls server = a_server();
    Bytes plain;
    server.received(bytes, plain);
    CHECK(server.state() != Tls::State::open);
    CHECK(plain.empty());
  }
}

TEST_CASE("a handshake with one flipped byte never opens, and never crashes") {
  for (std::size_t at = 0; at < 300; at += 3) {
    Pair pair(authority(), "server.test", authority(), "server.test");
    pair.client.start();
    Bytes hello = pair.client.take_output();
    hello[at % hello.size()] ^= 0x55;
    pair.server.received(hello, pair.at_server);
    pair.exchange();
    CHECK(pair.server.state() != Tls::State::open);
  }
}

TEST_CASE("a connection can be moved in the middle of its life") {
  Pair pair(authority(), "server.test", authority(), "server.test");
  pair.exchange();
  Tls moved = std::move(pair.server);
  pair.server = std::move(moved);
  pair.client.send(as_bytes("still here"));
  pair.exchange();
  CHECK(as_text(pair.at_server) == "still here");
}

TEST_CASE("a CA file that is none is an error that names it") {
  CHECK_THROWS_WITH(Tls::client("/nowhere/ca.pem", "server.test"),
                    "read the certificates in /nowhere/ca.pem: No such file or directory");
}
