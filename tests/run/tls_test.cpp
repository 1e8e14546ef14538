// Sessions over TLS, with a TLS client in memory.
#include <unistd.h>

#include "base/descriptor.h"
#include "base/error.h"
#include "play.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

const crypto::Authority& authority() {
  static const crypto::Authority made;
  return made;
}

/// The authority's certificate as a file, gone at the end.
class CaFile {
 public:
  CaFile() {
    std::string name = "/tmp/halfopen-test-XXXXXX";
    const Descriptor file(check_system("make a file", ::mkstemp(name.data())));
    const std::string& pem = authority().pem();
    check_system("write a file", ::write(file.get(), pem.data(), pem.size()));
    path = name;
  }
  ~CaFile() { ::unlink(path.c_str()); }
  CaFile(const CaFile&) = delete;
  std::string path;
};

/// A TLS client on the newest attempt of a play.
struct TlsClient {
  Play& play;
  crypto::Tls tls;
  std::size_t read = 0;
  Bytes plain;

  /// `session`: one to be offered, if it is not null.
  explicit TlsClient(Play& on, const crypto::Session* session = nullptr)
      : play(on),
        tls(crypto::Tls::client(CaFile().path, "server.test",
                                {.keeps_sessions = true, .protocols = {}})) {
    if (session != nullptr) tls.offer(*session);
    play.connect();
    tls.start();
    exchange();
  }
  /// Moves bytes until neither side has any.
  void exchange() {
    for (;;) {
      const Bytes out = tls.take_output();
      if (!out.empty()) play.sends(out);
      const Bytes& in = play.outside.written[play.world.attempts()];
      if (in.size() == read && out.empty()) return;
      tls.received(ByteView(in).subspan(read), plain);
      read = in.size();
    }
  }
  void sends(ByteView bytes) {
    tls.send(bytes);
    exchange();
  }
};

std::shared_ptr<crypto::Identities> certificates(const crypto::Authority& signer) {
  return std::make_shared<crypto::Identities>(signer, std::vector<std::string>{"server.test"});
}

Play tls_play(const std::string& toml) {
  return Play("[server]\ntls = true\n" + toml, false, certificates(authority()));
}

}  // namespace

TEST_CASE("a client that trusts the authority opens over TLS and is echoed") {
  Play play = tls_play("");
  TlsClient client(play);
  CHECK(play.trace({"tls-opened"}) ==
        Lines{R"({"at":0,"attempt":1,"event":"tls-opened","version":"TLSv1.3",)"
              R"("server_name":"server.test"})"});
  client.sends(as_bytes(upgrade));
  client.sends(client_frame(ws::Opcode::text, "hello"));
  CHECK(as_text(client.plain).starts_with("HTTP/1.1 101 Switching Protocols\r\n"));
  CHECK(as_text(client.plain).ends_with(std::string("\x81\x05hello")));
  CHECK(play.violations().empty());
}

TEST_CASE("a session of one attempt is resumed in the next") {
  Play play = tls_play("");
  TlsClient first(play);
  first.sends(as_bytes(upgrade));
  const auto session = first.tls.session();
  REQUIRE(session);
  play.ends();
  TlsClient second(play, session.get());
  CHECK(second.tls.resumed());
  CHECK(play.trace({"tls-opened"}).back() ==
        R"({"at":0,"attempt":2,"event":"tls-opened","version":"TLSv1.3",)"
        R"("server_name":"server.test","session_offered":true,"resumed":true})");
}

TEST_CASE("resumption-refused: the handshake goes on in full") {
  Play play = tls_play("[[attempt]]\n[[attempt]]\ntls = \"resumption-refused\"\n");
  TlsClient first(play);
  const auto session = first.tls.session();
  REQUIRE(session);
  play.ends();
  SECTION("for a client that offers a session") {
    TlsClient second(play, session.get());
    CHECK(second.tls.state() == crypto::Tls::State::open);
    CHECK_FALSE(second.tls.resumed());
    CHECK(play.trace({"fault-struck"}).size() == 1);
    CHECK(play.trace({"tls-opened"}).back().find(R"("session_offered":true})") !=
          std::string::npos);
    play.ends();
    TlsClient third(play, session.get());
    CHECK(third.tls.resumed());
  }
  SECTION("and without a session there is nothing to refuse") {
    TlsClient second(play);
    CHECK(second.tls.state() == crypto::Tls::State::open);
    CHECK(play.trace({"fault-struck"}).empty());
  }
}

TEST_CASE("behind another fault of TLS no session is resumed: the client must see it") {
  Play play = tls_play("[[attempt]]\n[[attempt]]\ntls = \"expired\"\n");
  TlsClient first(play);
  const auto session = first.tls.session();
  play.ends();
  TlsClient second(play, session.get());
  CHECK(second.tls.state() == crypto::Tls::State::failed);
}

TEST_CASE("a close over TLS ends with close_notify, and a cut does not") {
  const auto drop = GENERATE("fin", "no-close-notify");
  Play play = tls_play("[[attempt]]\nsteps = [{ drop = \"" + std::string(drop) + "\" }]\n");
  TlsClient client(play);
  client.sends(as_bytes(upgrade));
  CHECK(play.outside.done == Lines{"1 finish"});
  CHECK(client.tls.peer_closed() == (std::string(drop) == "fin"));
}

TEST_CASE("plain text to a TLS port is a violation, and answered by nothing") {
  Play play = tls_play("");
  play.connect();
  play.sends(upgrade);
  REQUIRE(play.violations().size() == 1);
  CHECK(play.violations()[0].find(R"("rule":"no-plaintext-to-tls")") != std::string::npos);
  CHECK(play.trace({"tls-failed"}).size() == 1);
  CHECK(play.trace({"request"}).empty());
  CHECK(play.outside.done == Lines{"1 finish"});
}

TEST_CASE("a client that distrusts the authority says so by an alert") {
  const crypto::Authority other;
  Play play = Play("[server]\ntls = true\n", false, certificates(other));
  TlsClient client(play);
  CHECK(client.tls.state() == crypto::Tls::State::failed);
  CHECK(play.trace({"tls-failed"}).at(0).find(R"("alert":"unknown_ca")") != std::string::npos);
  CHECK(play.trace({"opened"}).empty());
  play.ends();
  CHECK(play.trace({"attempt-over"}).size() == 1);
}

TEST_CASE("garbage within TLS is refused as HTTP") {
  Play play = tls_play("");
  TlsClient client(play);
  client.sends(as_bytes("\x01\x02\x03\r\n\r\n"));
  CHECK(as_text(client.plain).starts_with("HTTP/1.1 400 Bad Request\r\n"));
  CHECK(client.tls.peer_closed());
}

TEST_CASE("damaged TLS records end the connection") {
  Play play = tls_play("");
  TlsClient client(play);
  client.sends(as_bytes(upgrade));
  std::string record("\x17\x03\x03\x00\x20", 5);
  record.append(32, 'x');
  play.sends(record);
  CHECK(play.trace({"tls-failed"}).size() == 1);
  CHECK(play.outside.done == Lines{"1 finish"});
  play.sends("more");
  play.ends();
  CHECK(play.trace({"attempt-over"}).size() == 1);
}

namespace {

std::string first_attempt(const std::string& tls) { return "[[attempt]]\ntls = " + tls + "\n"; }

/// Bytes that the server put on the wire in the first attempt.
std::size_t answered(Play& play) { return play.outside.written[1].size(); }

/// The length of the first TLS record with its head.
std::size_t first_record(const Bytes& bytes) {
  return 5U + (std::size_t{bytes.at(3)} << 8U | bytes.at(4));
}

}  // namespace

TEST_CASE("a client refuses a wrong certificate by its alert, and the fault is written down") {
  Play play = tls_play(first_attempt("\"expired\""));
  TlsClient client(play);
  CHECK(
      play.trace({"fault-struck", "tls-failed"}) ==
      Lines{R"({"at":0,"attempt":1,"line":5,"event":"fault-struck","layer":"tls","name":"expired",)"
            R"("text":"Shows a certificate whose time is over."})",
            R"({"at":0,"attempt":1,"event":"tls-failed","alert":"certificate_expired",)"
            R"("why":"sslv3 alert certificate expired"})"});
  CHECK(play.outside.done == Lines{"1 finish"});
}

TEST_CASE("the certificate is another one in the next attempt") {
  Play play = tls_play(first_attempt("\"unknown-root\""));
  CHECK(TlsClient(play).tls.state() == crypto::Tls::State::failed);
  play.ends();
  CHECK(TlsClient(play).tls.state() == crypto::Tls::State::open);
}

TEST_CASE("an old server's version is refused by an alert, which is read") {
  Play play = tls_play(first_attempt("\"old-version\""));
  TlsClient client(play);
  CHECK(client.tls.problem() == "unsupported protocol");
  REQUIRE(play.trace({"tls-failed"}).size() == 1);
  CHECK(play.trace({"tls-failed"})[0].find(R"("alert":"protocol_version")") != std::string::npos);
}

TEST_CASE("TLS breaks off in silence after each flight") {
  struct Case {
    const char* after;
    bool client_is_done;
  };
  const Case each = GENERATE(Case{"client-hello", false}, Case{"server-hello", false},
                             Case{"server-flight", true});
  Play play = tls_play(
      first_attempt("{ fault = \"silent\", after = \"" + std::string(each.after) + "\" }"));
  TlsClient client(play);
  CHECK((client.tls.state() == crypto::Tls::State::open) == each.client_is_done);
  const std::string after = each.after;
  if (after == "client-hello") CHECK(answered(play) == 0);
  if (after == "server-hello") CHECK(answered(play) == first_record(play.outside.written[1]));
  if (after == "server-flight") CHECK(answered(play) > first_record(play.outside.written[1]));
  client.sends(as_bytes(upgrade));
  CHECK(play.outside.done == Lines{"1 ignore"});
  CHECK(play.trace({"request", "tls-opened", "tls-failed"}).empty());
}

TEST_CASE("TLS is reset or ended in mid-handshake") {
  Play reset = tls_play(first_attempt("\"reset\""));
  const TlsClient one(reset);
  CHECK(reset.outside.done == Lines{"1 reset"});
  Play fin = tls_play(first_attempt("{ fault = \"fin\", after = \"server-hello\" }"));
  const TlsClient two(fin);
  CHECK(fin.outside.done == Lines{"1 finish"});
  CHECK(fin.outside.marks.at(0).end.how == trace::End::fin);
}

TEST_CASE("a ClientHello is answered with an alert or with plain text") {
  Play alert = tls_play(first_attempt("{ fault = \"alert\", name = \"unrecognized_name\" }"));
  const TlsClient one(alert);
  CHECK(one.tls.alert() == "unrecognized_name");
  CHECK(one.tls.alert_from_peer());
  CHECK(alert.outside.marks.at(0).end.how == trace::End::alert);
  Play text = tls_play(first_attempt("\"plain-text\""));
  const TlsClient two(text);
  CHECK(two.tls.plain_text());
  CHECK(text.outside.marks.at(0).end.how == trace::End::fin);
}

TEST_CASE("a wrong protocol strikes only those who offer one") {
  Play play = tls_play(first_attempt("\"alpn\""));
  const TlsClient client(play);
  CHECK(client.tls.state() == crypto::Tls::State::open);
  CHECK(play.trace({"fault-struck"}).empty());
}

TEST_CASE("records past TLS break an open connection, and the client's alert is read") {
  struct Case {
    const char* fault;
    const char* alert;
  };
  const Case each = GENERATE(Case{"bad-record-mac", "bad_record_mac"},
                             Case{"oversized-record", "record_overflow"});
  Play play = tls_play("[[attempt]]\nsteps = [{ drop = \"" + std::string(each.fault) + "\" }]\n");
  TlsClient client(play);
  client.sends(as_bytes(upgrade));
  CHECK(client.tls.alert() == each.alert);
  REQUIRE(play.trace({"tls-failed"}).size() == 1);
  CHECK(play.trace({"tls-failed"})[0].find(each.alert) != std::string::npos);
}
