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
  crypto::Tls tls = crypto::Tls::client(CaFile().path, "server.test");
  std::size_t read = 0;
  Bytes plain;

  explicit TlsClient(Play& on) : play(on) {
    play.connect();
    tls.start();
    exchange();
  }
  /// Moves bytes until neither side has any.
  void exchange() {
    for (;;) {
      const Bytes out = tls.take_output();
      if (!out.empty()) play.sends(out);
      const Bytes& in = play.outside.written[play.session.attempts()];
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

Play tls_play(const std::string& toml) {
  return Play("[server]\ntls = true\n" + toml, false, authority().issue({"server.test"}));
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
  Play play = Play("[server]\ntls = true\n", false, crypto::Authority().issue({"server.test"}));
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
  play.sends(std::string("\x17\x03\x03\x00\x20", 5) + std::string(32, 'x'));
  CHECK(play.trace({"tls-failed"}).size() == 1);
  CHECK(play.outside.done == Lines{"1 finish"});
  play.sends("more");
  play.ends();
  CHECK(play.trace({"attempt-over"}).size() == 1);
}
