// HTTP proxies between the client and the server, in virtual time.
#include "play.h"

using namespace halfopen;
using namespace halfopen::run;

namespace {

const std::string known = "[server]\nproxy = \"http\"\n";
const std::string guarded = "[server]\nproxy = { credentials = \"user:secret\" }\n";
const char* const connect = "CONNECT server.test:8080 HTTP/1.1\r\nHost: server.test:8080\r\n";
/// "user:secret" in base64.
const char* const credentials = "Proxy-Authorization: basic dXNlcjpzZWNyZXQ=\r\n";

std::string ask(const std::string& more = "") { return connect + more + "\r\n"; }

std::string said(const Play& play, int attempt = 1) {
  const auto written = play.outside.written.find(attempt);
  return written == play.outside.written.end() ? "" : std::string(as_text(written->second));
}

/// The first line of what was said.
std::string status(const Play& play, int attempt = 1) {
  const std::string all = said(play, attempt);
  return all.substr(0, all.find('\r'));
}

bool mentions(const Lines& lines, std::string_view text) {
  return std::any_of(lines.begin(), lines.end(),
                     [&](const std::string& line) { return line.find(text) != std::string::npos; });
}

}  // namespace

TEST_CASE("a tunnel carries what follows it, be it in the same piece") {
  Play play(known);
  play.connect();
  play.sends(ask() + upgrade);
  CHECK(said(play).find("HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 101 ") == 0);
  CHECK(play.trace({"opened"}).size() == 1);
  CHECK(play.violations().empty());
  CHECK(mentions(play.trace({"proxy-asked"}), "server.test:8080"));
}

TEST_CASE("a tunnel is asked for byte by byte") {
  Play play(known);
  play.connect();
  for (const char byte : ask() + upgrade) play.sends(std::string_view(&byte, 1));
  CHECK(play.trace({"opened"}).size() == 1);
}

TEST_CASE("a request in absolute-form is passed on in origin-form, with its Upgrade") {
  Play play(known);
  play.connect();
  std::string request = upgrade;
  request.replace(0, 5, "GET http://server.test:8080/chat?x=1");
  request.insert(request.size() - 2, "Proxy-Connection: keep-alive\r\n");
  play.sends(request);
  CHECK(play.trace({"opened"}).size() == 1);
  CHECK(mentions(play.trace({"request"}), "\"target\":\"/chat?x=1\""));
  CHECK_FALSE(mentions(play.trace({"request"}), "Proxy-Connection"));
}

TEST_CASE("a proxy goes to the server and to nowhere else") {
  Play play(known);
  play.connect();
  play.sends("CONNECT elsewhere.test:443 HTTP/1.1\r\nHost: elsewhere.test\r\n\r\n");
  CHECK(status(play) == "HTTP/1.1 502 Bad Gateway");
  CHECK(play.outside.done == Lines{"1 finish"});
}

TEST_CASE("what names no server, or is no HTTP, is a mistake of the client's") {
  Play origin(known);
  origin.open();
  CHECK(status(origin) == "HTTP/1.1 400 Bad Request");
  CHECK(mentions(origin.violations(), "names no server"));
  Play garbage(known);
  garbage.connect();
  garbage.sends("\x16\x03\x01\x02\n");
  CHECK(mentions(garbage.violations(), "no HTTP to a proxy"));
}

TEST_CASE("a refusal is the end of the attempt, and what follows it a violation") {
  Play play(known + "[[attempt]]\nproxy = \"forbidden\"\n");
  play.connect();
  play.sends(ask());
  CHECK(status(play) == "HTTP/1.1 403 Forbidden");
  CHECK(play.outside.done == Lines{"1 finish"});
  CHECK(mentions(play.trace({"end-visible"}), "\"how\":\"refusal\",\"code\":403"));
  CHECK(play.violations().empty());
  play.sends(upgrade);
  CHECK(mentions(play.violations(), "fails-bad-connect"));
}

TEST_CASE("credentials are wanted on the same connection, and wrong ones end it") {
  Play play(guarded);
  play.connect();
  play.sends(ask());
  CHECK(status(play) == "HTTP/1.1 407 Proxy Authentication Required");
  CHECK(said(play).find("Proxy-Authenticate: Basic") != std::string::npos);
  CHECK(play.outside.done.empty());
  play.sends(ask(credentials) + upgrade);
  CHECK(play.trace({"opened"}).size() == 1);
  CHECK(play.trace({"end-visible"}).empty());

  Play wrong(guarded);
  wrong.connect();
  wrong.sends(ask("Proxy-Authorization: Basic eDp5\r\n"));
  CHECK(wrong.outside.done == Lines{"1 finish"});
  CHECK(mentions(wrong.trace({"end-visible"}), "407"));
}

TEST_CASE("credentials for the proxy are no business of the server") {
  std::string request = upgrade;
  request.insert(request.size() - 2, credentials);
  Play tunnelled(guarded);
  tunnelled.connect();
  tunnelled.sends(ask(credentials) + request);
  CHECK(mentions(tunnelled.violations(), "keeps-proxy-credentials"));
  CHECK(mentions(tunnelled.trace({"proxy-asked"}), "dXNlcjpzZWNyZXQ="));

  Play read(guarded);  // In absolute-form they are the proxy's, which takes them out.
  read.connect();
  request.replace(0, 5, "GET http://server.test:8080/");
  read.sends(request);
  CHECK(read.trace({"opened"}).size() == 1);
  CHECK(read.violations().empty());

  Play none("");
  none.connect();
  request.replace(0, 28, "GET /");
  none.sends(request);
  CHECK(none.violations().empty());
}

TEST_CASE("a client that never learns to give credentials is sent away") {
  Play play(guarded);
  play.connect();
  for (int i = 0; i < 12; ++i) play.sends(ask());
  CHECK(play.outside.done == Lines{"1 finish"});
  CHECK(play.trace({"proxy-answered"}).size() == 10);
}

TEST_CASE("credentials that are rejected, and those that need another connection") {
  Play rejected(guarded + "[[attempt]]\nproxy = \"rejects-credentials\"\n");
  rejected.connect();
  rejected.sends(ask());
  CHECK(rejected.outside.done.empty());
  rejected.sends(ask(credentials));
  CHECK(rejected.outside.done == Lines{"1 finish"});
  CHECK(rejected.trace({"fault-struck"}).size() == 1);

  Play anew(guarded + "[[attempt]]\ntimes = \"rest\"\nproxy = \"closes-after-407\"\n");
  anew.connect();
  anew.sends(ask());
  CHECK(anew.outside.done == Lines{"1 finish"});
  anew.ends();
  anew.connect();
  anew.sends(ask(credentials) + upgrade);
  CHECK(anew.trace({"opened"}).size() == 1);
}

TEST_CASE("a proxy that hangs says nothing, with TLS and without") {
  for (const std::string& server : {known, std::string()}) {
    Play play(server + "[[attempt]]\nproxy = \"hangs\"\n");
    play.connect();
    play.sends(ask());
    play.sends(upgrade);
    play.until(9s);
    CHECK(play.outside.written_bytes == 0);
    CHECK(play.trace({"fault-struck"}).size() == 1);
    CHECK(mentions(play.trace({"end-visible"}), "silence"));
  }
}

TEST_CASE("an unseen proxy that refuses is the server's answer to the client") {
  Play play("[[attempt]]\nproxy = \"bad-gateway\"\n");
  play.open();
  CHECK(status(play) == "HTTP/1.1 502 Bad Gateway");
  CHECK(
      mentions(play.trace({"answer"}), "\"status\":502,\"fault\":\"bad-gateway\",\"valid\":false"));
  CHECK(play.trace({"request"}).size() == 1);
  CHECK(play.trace({"proxy-asked"}).empty());
}

TEST_CASE("what a proxy strips is not missed in the client's request") {
  Play play("[[attempt]]\nproxy = \"strips-upgrade\"\n");
  play.open();
  CHECK(status(play) == "HTTP/1.1 426 Upgrade Required");
  CHECK(play.violations().empty());
  CHECK_FALSE(mentions(play.trace({"request"}), "Upgrade\",\"websocket"));
  CHECK(mentions(play.trace({"request"}), "Sec-WebSocket-Key"));

  Play bad("[[attempt]]\nproxy = \"strips-upgrade\"\n");
  bad.connect();
  bad.sends("GET / HTTP/1.1\r\nHost: server.test\r\nUpgrade: websocket\r\n\r\n");
  CHECK(mentions(bad.violations(), "Connection header"));
}

TEST_CASE("an idle connection is ended; bytes of either side keep it alive") {
  Play play(
      "[[attempt]]\nproxy = { fault = \"closes-idle\", after = \"3s\" }\nsteps = [\n"
      "{ wait = \"2s\" }, { send = \"here\" }, { wait = \"20s\" }]\n");
  play.open();
  play.until(4s);
  play.says("there");
  play.until(6900ms);
  CHECK(play.outside.done.empty());
  play.until(7s);
  CHECK(play.outside.done == Lines{"1 finish"});
  CHECK(mentions(play.trace({"fault-struck"}), "closes-idle"));

  Play reset(
      "[[attempt]]\nproxy = { fault = \"closes-idle\", after = \"500ms\", end = \"reset\" }\n");
  reset.open();
  reset.until(500ms);
  CHECK(reset.outside.done == Lines{"1 reset"});
}

TEST_CASE("a portal opens for all attempts when its login page is fetched") {
  Play play(
      "[[attempt]]\ntimes = \"rest\"\nproxy = { fault = \"captive-portal\", answer = "
      "\"redirect\" }\n");
  play.open();
  CHECK(said(play).find("Location: /login\r\n") != std::string::npos);
  CHECK(mentions(play.trace({"answer"}), "302"));
  play.ends();
  play.connect();
  play.sends("GET /login HTTP/1.1\r\nHost: server.test\r\n\r\n");
  CHECK(said(play, 2).find("You are online.") != std::string::npos);
  CHECK(play.trace({"answer"}).size() == 1);
  play.ends();
  play.open();
  CHECK(play.heard(3).front() == "101 Switching Protocols");
  CHECK(play.violations().empty());
}

TEST_CASE("a portal opens by itself, so long after its first answer") {
  Play play(
      "[[attempt]]\ntimes = \"rest\"\nproxy = { fault = \"captive-portal\", opens_after = "
      "\"5s\" }\n");
  play.until(1s);
  play.open();
  play.ends();
  play.until(5900ms);
  play.open();
  CHECK(play.trace({"opened"}).empty());
  play.ends();
  play.until(6s);
  play.open();
  CHECK(play.trace({"opened"}).size() == 1);
}

TEST_CASE("a client that goes past its proxy is written down, outside of any attempt") {
  Play play(known);
  play.world.went_past_proxy(Time(1s), "192.0.2.10:41000");
  CHECK(play.world.attempts() == 0);
  CHECK(mentions(play.violations(), "uses-proxy"));
  CHECK(mentions(play.violations(), "192.0.2.10:41000"));
}
