// Look-ups and attempts: which query begins one, which SYN goes on with it, and what is answered.
#include "play.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

link::Address address(const char* text) { return *link::read_address(text); }

/// A client that looks names up, and its resolver library.
struct Asker {
  explicit Asker(const std::string& toml, bool reports = false) : play(toml, reports) {}

  /// What the answer is, in the trace's words.
  std::string ask(const std::string& type = "A", std::uint16_t id = 0,
                  dns::Transport transport = dns::Transport::udp,
                  const std::string& name = "server.test") {
    const ResolverReply reply =
        world().name_asked(time(), "192.0.2.10:5353", transport, query(type, id, name));
    if (reply.delay == Duration::zero()) world().name_answered(time(), reply);
    return reply.noted.answer;
  }
  /// A and AAAA at once, as getaddrinfo asks; each time with other IDs.
  void look_up() {
    ask("A", ++id_);
    ask("AAAA", ++id_);
  }
  Begun connect(const char* server) {
    return world().begin_attempt(time(), "192.0.2.10:41000", address(server));
  }
  [[nodiscard]] int attempts() { return world().attempts(); }
  [[nodiscard]] Lines ends() const { return play.trace({"end-visible"}); }
  World& world() { return play.world; }

  Play play;

 private:
  [[nodiscard]] Time time() const { return Time(play.now); }
  static Bytes query(const std::string& type, std::uint16_t id, const std::string& name) {
    Bytes bytes{static_cast<std::uint8_t>(id >> 8U),
                static_cast<std::uint8_t>(id & 0xffU),
                1,
                0,
                0,
                1,
                0,
                0,
                0,
                0,
                0,
                0};
    std::string rest = name + ".";
    while (!rest.empty()) {
      const std::size_t dot = rest.find('.');
      bytes.push_back(static_cast<std::uint8_t>(dot));
      append(bytes, rest.substr(0, dot));
      rest.erase(0, dot + 1);
    }
    append(bytes, std::string_view("\0\0", 2));
    bytes.push_back(type == "A" ? 1 : 28);
    append(bytes, std::string_view("\0\1", 2));
    return bytes;
  }
  std::uint16_t id_ = 100;
};

std::string table(const std::string& dns) {
  return "[[attempt]]\ntimes = \"rest\"\ndns = " + dns + "\n";
}

}  // namespace

TEST_CASE("an attempt whose look-up fails begins with its first query, and A and AAAA are one") {
  Asker asker(table("\"nxdomain\""));
  asker.look_up();
  CHECK(asker.attempts() == 1);
  CHECK(
      asker.play.trace({"attempt-begins", "name-asked", "end-visible", "attempt-over"}) ==
      Lines{
          R"({"at":0,"attempt":1,"line":2,"event":"attempt-begins","peer":"192.0.2.10:5353","look_up":true})",
          R"({"at":0,"attempt":1,"event":"name-asked","name":"server.test","type":"A","transport":"udp","answer":"NXDOMAIN"})",
          R"({"at":0,"attempt":1,"event":"end-visible","how":"unresolved","code":3})",
          R"({"at":0,"attempt":1,"event":"attempt-over"})",
          R"({"at":0,"attempt":1,"event":"name-asked","name":"server.test","type":"AAAA","transport":"udp","answer":"NXDOMAIN"})",
          R"({"at":0,"attempt":1,"event":"end-visible","how":"unresolved","code":3})"});
}

TEST_CASE("the same question with another ID is the next look-up, and the next attempt") {
  Asker asker(table("\"servfail\""));
  asker.look_up();
  asker.look_up();
  asker.look_up();
  CHECK(asker.attempts() == 3);
}

TEST_CASE("a query that is sent again with its ID belongs to the same look-up") {
  Asker asker(table("\"timeout\""));
  CHECK(asker.ask("A", 7) == "nothing");
  asker.ask("AAAA", 8);
  asker.ask("A", 7);
  asker.ask("AAAA", 8);
  CHECK(asker.attempts() == 1);
  CHECK(asker.ends() == Lines{R"({"at":0,"attempt":1,"event":"end-visible","how":"silence"})"});
  asker.ask("A", 9);
  CHECK(asker.attempts() == 2);
}

TEST_CASE("variants from a search list belong to the look-up, other names to none") {
  Asker asker(table("\"no-data\""));
  CHECK(asker.ask("A", 1) == "no data");
  CHECK(asker.ask("A", 2, dns::Transport::udp, "server.test.corp.example") == "NXDOMAIN");
  CHECK(asker.ask("A", 3, dns::Transport::udp, "telemetry.example") == "NXDOMAIN");
  CHECK(asker.ask("A", 4, dns::Transport::udp, "notserver.test") == "NXDOMAIN");
  CHECK(asker.attempts() == 1);
}

TEST_CASE("after the client's own report every query begins the next look-up") {
  Asker asker(table("\"nxdomain\""), true);
  asker.ask("A", 7);
  asker.play.reports("close", 1006);
  asker.ask("A", 7);
  CHECK(asker.attempts() == 2);
}

TEST_CASE("the SYN after a look-up that worked belongs to the attempt that it began") {
  Asker asker(table("{ fault = \"slow\", delay = \"1s\" }"));
  asker.look_up();
  CHECK(asker.attempts() == 1);
  CHECK(asker.connect("198.51.100.20").attempt == 1);
  CHECK(asker.connect("198.51.100.20").attempt == 2);
}

TEST_CASE("a look-up without a SYN has failed, whatever it was told") {
  Asker asker(table("\"slow\""));
  asker.look_up();
  asker.look_up();
  CHECK(asker.attempts() == 2);
  CHECK(asker.connect("198.51.100.20").attempt == 2);
}

TEST_CASE("a look-up that began no attempt ends the wait for the SYN of the one before it") {
  Asker asker("[[attempt]]\ndns = \"slow\"\n");
  asker.look_up();
  asker.look_up();
  CHECK(asker.attempts() == 1);
  CHECK(asker.connect("198.51.100.20").attempt == 2);
}

TEST_CASE("a SYN after a look-up that failed is an attempt of its own: the address was known") {
  Asker asker("[[attempt]]\ndns = \"nxdomain\"\n");
  asker.look_up();
  CHECK(asker.connect("198.51.100.20").attempt == 2);
}

TEST_CASE("without a fault of its own an attempt begins with its SYN") {
  Asker asker("[[attempt]]\n[[attempt]]\ndns = \"nxdomain\"\n");
  CHECK(asker.ask() == "198.51.100.20");
  CHECK(asker.ask("AAAA", 1) == "no data");
  CHECK(asker.attempts() == 0);
  CHECK(asker.connect("198.51.100.20").attempt == 1);
}

TEST_CASE("a truncated answer sends the client to TCP, which is the same look-up") {
  Asker asker(table("\"truncated\""));
  CHECK(asker.ask("A", 1) == "truncated");
  CHECK_FALSE(asker.world().refuses_names_by_tcp(Time(asker.play.now)));
  CHECK(asker.ask("A", 2, dns::Transport::tcp) == "198.51.100.20");
  CHECK(asker.attempts() == 1);
  CHECK(asker.ends().empty());
}

TEST_CASE("a truncated answer whose TCP is refused is the end of the attempt") {
  Asker asker(table("{ fault = \"truncated\", tcp = \"refused\" }"));
  asker.ask("A", 1);
  asker.play.until(3ms);
  CHECK(asker.world().refuses_names_by_tcp(Time(asker.play.now)));
  CHECK(asker.ends() ==
        Lines{R"({"at":0,"attempt":1,"event":"end-visible","how":"unresolved"})",
              R"({"at":3000,"attempt":1,"event":"end-visible","how":"unresolved"})"});
}

TEST_CASE("by TCP without an answer the look-up ends in silence") {
  Asker asker(table("{ fault = \"truncated\", tcp = \"silent\" }"));
  CHECK(asker.ask("A", 1) == "truncated");
  CHECK(asker.ask("A", 1, dns::Transport::tcp) == "nothing");
  CHECK(asker.ends() == Lines{R"({"at":0,"attempt":1,"event":"end-visible","how":"silence"})"});
}

TEST_CASE("a server that has moved is at its new address and nowhere else") {
  Asker asker(table("{ fault = \"moved\", old = \"closed\" }"));
  CHECK(asker.ask() == "198.51.100.21");
  CHECK(asker.connect("198.51.100.21").port == trace::Port::open);
  CHECK(asker.connect("198.51.100.20").port == trace::Port::closed);
  Asker home("[[attempt]]\ndns = \"slow\"\n");
  CHECK(home.connect("198.51.100.21").port == trace::Port::unreachable);
}

TEST_CASE("the SYNs to an address that leads nowhere and to the one that works are one attempt") {
  Asker asker("[server]\naddresses = \"ipv4\"\n" + table("\"dead-ipv6\""));
  CHECK(asker.ask("AAAA", 1) == "2001:db8:3::30");
  CHECK(asker.ask("A", 2) == "198.51.100.20");
  const auto first = asker.connect("2001:db8:3::30");
  CHECK(first.attempt == 1);
  CHECK(first.vanishes);
  const auto second = asker.connect("198.51.100.20");
  CHECK(second.attempt == 1);
  CHECK_FALSE(second.vanishes);
  // From addresses that the client has kept: once more.
  CHECK(asker.connect("2001:db8:3::30").attempt == 2);
  CHECK(asker.connect("198.51.100.20").attempt == 2);
}

TEST_CASE("a TTL is in the answer") {
  Asker asker(table("{ fault = \"ttl\", time = \"1h\" }"));
  CHECK(asker.ask() == "198.51.100.20 for 3600 s");
}

TEST_CASE("an answer behind a link that is cut is not seen") {
  Asker asker(table("\"nxdomain\""));
  asker.play.outside.cut_off = true;
  asker.look_up();
  CHECK(asker.ends().empty());
}

TEST_CASE("a flood of queries is bounded: in attempts, and in what is written down") {
  Asker asker(table("\"nxdomain\""));
  for (std::uint16_t id = 1; id < 20'000; ++id) asker.ask("A", id);
  CHECK(asker.attempts() == 5'000);
  CHECK(asker.play.trace({"name-asked"}).size() == 5'000);
}

TEST_CASE("bytes that are no query are answered with FORMERR and begin nothing") {
  Asker asker(table("\"nxdomain\""));
  const Bytes garbage(12, 0x20);
  const auto reply = asker.world().name_asked(Time{}, "192.0.2.10:1", dns::Transport::udp, garbage);
  CHECK(reply.noted.answer == "FORMERR");
  CHECK(asker.world().name_asked(Time{}, "192.0.2.10:1", dns::Transport::tcp, {}).bytes.empty());
  CHECK(asker.attempts() == 0);
}
