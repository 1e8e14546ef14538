// The page that browsers open, over http and https.
#include <sys/socket.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "io/host.h"
#include "io/loop/wait.h"
#include "io/page_server.h"
#include "support/quiet_inside.h"

using namespace halfopen;
using namespace halfopen::io;
using namespace halfopen::io::testing;

namespace {

struct PageFixture final : tests::QuietInside {
  Loop loop;
  std::uint16_t port = 0;
  int served = 0;
  std::unique_ptr<PageServer> server;

  explicit PageFixture(std::shared_ptr<const crypto::Identity> identity = nullptr) {
    Descriptor listener = listen_on_loopback(port);
    server = std::make_unique<PageServer>(loop, std::move(listener), std::move(identity),
                                          "<p>hello</p>", *this);
  }
  void page_served(Time /*now*/) override { ++served; }
  /// What the server says to that request, up to its end.
  std::string answer(std::string_view request) {
    std::uint16_t local = 0;
    const Descriptor socket = connect_to_loopback(port, local);
    Heard heard;
    {
      const Watch watch(loop, socket.get(), UV_READABLE, [&](int) { hear(socket, heard); });
      while (!request.empty()) {
        request.remove_prefix(say(socket, request));
        uv_run(loop.uv(), UV_RUN_NOWAIT);
      }
      REQUIRE(run_until(loop, [&] { return heard.ended || heard.failed; }));
    }
    return heard.text;
  }
};

constexpr const char* get_page = "GET / HTTP/1.1\r\nHost: server.test\r\n\r\n";

}  // namespace

TEST_CASE("the page is served at /, and nothing else is") {
  PageFixture it;
  const std::string page = it.answer(get_page);
  CHECK(page.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(page.find("Content-Length: 12\r\n") != std::string::npos);
  CHECK(page.ends_with("\r\n\r\n<p>hello</p>"));
  CHECK(it.answer("GET /favicon.ico HTTP/1.1\r\nHost: server.test\r\n\r\n")
            .starts_with("HTTP/1.1 404 Not Found\r\n"));
  CHECK(it.answer("garbage\r\n\r\n").starts_with("HTTP/1.1 404 Not Found\r\n"));
  CHECK(it.served == 1);
}

TEST_CASE("a request without an end is cut off") {
  PageFixture it;
  const std::string filler = "X-Filler: " + std::string(1000, 'x') + "\r\n";
  std::string request = "GET / HTTP/1.1\r\n";
  for (int i = 0; i < 100; ++i) request += filler;
  CHECK(it.answer(request).starts_with("HTTP/1.1 404 Not Found\r\n"));
}

TEST_CASE("the page over TLS") {
  const crypto::Authority authority;
  const TemporaryFolder folder;
  const std::string ca = folder.path() + "/ca.pem";
  const auto file = std::unique_ptr<FILE, int (*)(FILE*)>(std::fopen(ca.c_str(), "w"), std::fclose);
  REQUIRE(std::fputs(authority.pem().c_str(), file.get()) >= 0);
  std::fflush(file.get());
  PageFixture it(authority.issue({"server.test"}));
  SECTION("a browser that trusts the authority gets it") {
    std::uint16_t local = 0;
    auto tls = crypto::Tls::client(ca, "server.test");
    Bytes plain;
    Stream::Events events;
    std::unique_ptr<Stream> stream;
    events.on_data = [&](ByteView bytes) {
      tls.received(bytes, plain);
      if (tls.state() == crypto::Tls::State::open) tls.send(as_bytes(get_page));
      stream->write(tls.take_output());
    };
    stream =
        std::make_unique<Stream>(it.loop, connect_to_loopback(it.port, local), std::move(events));
    tls.start();
    stream->write(tls.take_output());
    REQUIRE(run_until(it.loop, [&] { return tls.peer_closed(); }));
    CHECK(as_text(plain).ends_with("\r\n\r\n<p>hello</p>"));
  }
  SECTION("plain text gets no page") {
    CHECK(it.answer(get_page).find("hello") == std::string::npos);
  }
}

TEST_CASE("no more than a hundred visitors are let in at once") {
  PageFixture it;
  std::uint16_t local = 0;
  std::vector<Descriptor> visitors;
  for (int i = 0; i < 150; ++i) visitors.push_back(connect_to_loopback(it.port, local));
  run_a_while(it.loop);
  const auto turned_away = std::ranges::count_if(visitors, [](const Descriptor& visitor) {
    Heard heard;
    hear(visitor, heard);
    return heard.ended || heard.failed;
  });
  CHECK(turned_away == 50);
  visitors.clear();
  run_a_while(it.loop);
  CHECK(it.answer(get_page).ends_with("<p>hello</p>"));
}

TEST_CASE("visitors that come, stay and go without a word do no harm") {
  PageFixture it;
  std::uint16_t local = 0;
  std::vector<Descriptor> visitors;
  for (int i = 0; i < 20; ++i) visitors.push_back(connect_to_loopback(it.port, local));
  run_a_while(it.loop);
  for (std::size_t i = 0; i < 10; ++i) abort_connection(visitors[i]);
  for (std::size_t i = 10; i < 15; ++i) visitors[i].reset();
  run_a_while(it.loop);
  CHECK(it.answer(get_page).ends_with("<p>hello</p>"));
  it.server.reset();
  run_a_while(it.loop);
}
