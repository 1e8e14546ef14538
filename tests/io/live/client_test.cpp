// How clients are started, heard, told and ended.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <map>

#include "io/client_launch.h"
#include "io/client_process.h"
#include "io/loop/wait.h"
#include "support/quiet_inside.h"

using namespace halfopen;
using namespace halfopen::io;
using namespace halfopen::io::testing;

namespace {

const Whereabouts where{.url = "ws://server.test:8080/",
                        .host = "server.test",
                        .port = 8080,
                        .proxy = "",
                        .no_proxy = "",
                        .protocols = "chat.v1,chat.v2",
                        .page = "http://server.test:8081/",
                        .ca = "/tmp/ca.pem",
                        .temporary = "/tmp/of-the-run",
                        .seed = 42};

/// Made before main(), because the broker must be forked before libuv is used for the first time.
Host host{BrokerOptions{false, false}};

/// What a client printed, in short.
struct Printed final : tests::QuietInside {
  std::string out;
  std::string errors;
  std::vector<std::size_t> lengths;

  void client_printed(Time /*now*/, trace::Stream stream, const std::string& line) override {
    lengths.push_back(line.size());
    if (line.size() < 1000) (stream == trace::Stream::out ? out : errors) += line + "|";
  }
};

/// A client that is a line of /bin/sh, without namespaces.
struct Shell {
  Printed printed;
  std::string& out = printed.out;
  std::string& errors = printed.errors;
  std::vector<std::size_t>& lengths = printed.lengths;
  std::optional<Exit> exit;
  std::unique_ptr<ClientProcess> process;

  explicit Shell(const std::string& script) {
    scenario::Client client;
    client.command = {"/bin/sh", "-c", script, "sh", "{url}"};
    host.broker().spawn(launch(client, where), [this](Reply<Child> reply) {
      INFO(reply.problem);
      REQUIRE(reply.value);
      process = std::make_unique<ClientProcess>(host, std::move(*reply.value), printed,
                                                [this](const Exit& how) { exit = how; });
    });
    REQUIRE(run_until(host.loop(), [this] { return process != nullptr; }));
  }
  void run_to_end() {
    REQUIRE(run_until(host.loop(), [this] { return exit.has_value(); }));
  }
  bool prints(const std::string& text) {
    return run_until(host.loop(), [&] { return out.find(text) != std::string::npos; });
  }
};

}  // namespace

TEST_CASE("what a client printed before its end is read in turns, all of it") {
  Shell shell(R"(exec python3 -c '
import fcntl, os
fcntl.fcntl(1, fcntl.F_SETPIPE_SZ, 1 << 20)
os.write(1, b"0123456789abcde\n" * 60000)')");
  std::size_t before = 0;
  std::size_t most = 0;
  Timer neighbour(host.loop());
  const std::function<void()> turn = [&] {
    most = std::max(most, shell.lengths.size() - before);
    before = shell.lengths.size();
    neighbour.set(now(), turn);
  };
  turn();
  shell.run_to_end();
  turn();
  CHECK(most < 10'000);
  CHECK(shell.lengths.size() == 60000);
}

TEST_CASE("placeholders are filled in, and other braces stay as they are") {
  CHECK(fill("--connect={url} {host}:{port} {ca} {seed} {page}", where) ==
        "--connect=ws://server.test:8080/ server.test:8080 /tmp/ca.pem 42 "
        "http://server.test:8081/");
  CHECK(fill("const offered = '{protocols}'.split(',')", where) ==
        "const offered = 'chat.v1,chat.v2'.split(',')");
  CHECK(fill("{\"url\": {url}, {unknown} {} {url", where) ==
        "{\"url\": ws://server.test:8080/, {unknown} {} {url");
  CHECK(fill("{url}{url}", where) == where.url + where.url);
  CHECK(fill("{bin}/halfopen", where).front() == '/');
  Whereabouts odd = where;
  odd.url = "ws://{url}/{port}";
  CHECK(fill("{url}", odd).starts_with("ws://{url}/"));
}

TEST_CASE("a client's environment says where everything is, and no proxy is in the way") {
  ::setenv("https_proxy", "http://proxy.invalid", 1);
  ::setenv("SSL_CERT_FILE", "/elsewhere", 1);
  ::setenv("HALFOPEN_LEFTOVER", "x", 1);
  ::setenv("KEPT_BY_LAUNCH", "kept", 1);
  scenario::Client client;
  client.command = {"program", "{url}", "--port", "{port}"};
  client.directory = "/somewhere";
  const SpawnRequest request = launch(client, where);
  for (const char* name : {"https_proxy", "SSL_CERT_FILE", "HALFOPEN_LEFTOVER", "KEPT_BY_LAUNCH"})
    ::unsetenv(name);
  CHECK(request.command == std::vector<std::string>{"program", where.url, "--port", "8080"});
  CHECK(request.directory == "/somewhere");
  CHECK(request.world == 0);
  std::map<std::string, std::string> all;
  for (const auto& [name, value] : request.environment) CHECK(all.emplace(name, value).second);
  for (const char* name : {"HALFOPEN_CA", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS",
                           "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"})
    CHECK(all[name] == where.ca);
  CHECK(all["HALFOPEN_URL"] == where.url);
  CHECK(all["HALFOPEN_HOST"] == "server.test");
  CHECK(all["HALFOPEN_PORT"] == "8080");
  CHECK(all["HALFOPEN_PROTOCOLS"] == "chat.v1,chat.v2");
  CHECK(all["HALFOPEN_PAGE"] == "http://server.test:8081/");
  CHECK(all["HALFOPEN_SEED"] == "42");
  CHECK(all["TMPDIR"] == "/tmp/of-the-run");
  CHECK(all["KEPT_BY_LAUNCH"] == "kept");
  CHECK(all.count("https_proxy") == 0);
  CHECK(all.count("HALFOPEN_LEFTOVER") == 0);
}

TEST_CASE(
    "a client that is to use a proxy finds it in all the usual variables, and in its command") {
  Whereabouts behind = where;
  behind.proxy = "http://user:secret@proxy.test:3128";
  behind.no_proxy = "page.server.test";
  scenario::Client client;
  client.command = {"program", "--proxy={proxy}"};
  const SpawnRequest request = launch(client, behind);
  CHECK(request.command.back() == "--proxy=" + behind.proxy);
  std::map<std::string, std::string> all;
  for (const auto& [name, value] : request.environment) CHECK(all.emplace(name, value).second);
  for (const char* name : {"HALFOPEN_PROXY", "http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY",
                           "HTTPS_PROXY", "ALL_PROXY"})
    CHECK(all[name] == behind.proxy);
  CHECK(all["no_proxy"] == behind.no_proxy);
  CHECK(all["NO_PROXY"] == behind.no_proxy);
}

TEST_CASE("a client's output comes line by line, and its end after all of it") {
  Shell shell("echo one; echo two >&2; echo \"$1 $HALFOPEN_PORT\"; printf unfinished; exit 7");
  shell.run_to_end();
  CHECK(shell.out == "one|ws://server.test:8080/ 8080|unfinished|");
  CHECK(shell.errors == "two|");
  CHECK(shell.exit->code == 7);
  CHECK(shell.exit->signal == 0);
}

TEST_CASE("a client is told lines on its standard input") {
  Shell shell("while read -r line; do echo \"got $line\"; done");
  REQUIRE(shell.process->tell([](int) { return R"({"do":"send"})"; }));
  REQUIRE(shell.prints("got {\"do\":\"send\"}|"));
  REQUIRE(shell.process->tell([](int) { return "again"; }));
  REQUIRE(shell.prints("got again|"));
  shell.process->signal(SIGTERM);
  shell.run_to_end();
  CHECK(shell.exit->signal == SIGTERM);
}

TEST_CASE("telling a client that does not read does no harm") {
  SECTION("its input is closed") {
    Shell shell("exec <&-; echo closed; sleep 60");
    REQUIRE(shell.prints("closed|"));
    CHECK(!shell.process->tell([](int) { return "hello"; }));
    shell.process->signal(SIGKILL);
    shell.run_to_end();
    CHECK(shell.exit->signal == SIGKILL);
    shell.process->signal(SIGTERM);  // too late, and harmless
    CHECK(!shell.process->tell([](int) { return "hello"; }));
  }
  SECTION("its input is full") {
    Shell shell("echo ready; sleep 60");
    REQUIRE(shell.prints("ready|"));
    constexpr std::size_t in_the_pipe = 1000;  // More than fits: it holds 64 KiB.
    std::size_t told = 0;
    while (shell.process->tell([](int) { return std::string(4000, 'x'); }) &&
           told < ClientProcess::most_untold + in_the_pipe)
      ++told;
    CHECK(told < ClientProcess::most_untold + in_the_pipe);
    CHECK(shell.process->untold() > 0);
    shell.process->signal(SIGKILL);
    shell.run_to_end();
  }
}

TEST_CASE("a line without an end comes in pieces of bounded size, and so does binary output") {
  Shell shell("head -c 1000000 /dev/zero; printf '\\n\\377\\000x\\n'");
  shell.run_to_end();
  REQUIRE(shell.lengths.size() == 1'000'000 / ClientProcess::longest_line + 2);
  std::size_t total = 0;
  for (const std::size_t length : shell.lengths) {
    CHECK(length <= ClientProcess::longest_line);
    total += length;
  }
  CHECK(total == 1'000'003);
}

TEST_CASE("all processes of a client end with it") {
  Shell shell("sleep 60 & sleep 61 & echo started; exec sleep 62");
  REQUIRE(shell.prints("started|"));
  shell.process->signal(SIGKILL);
  shell.run_to_end();
  CHECK(shell.exit->signal == SIGKILL);
}

TEST_CASE("a client process that is forgotten calls nobody back") {
  Shell shell("echo started; sleep 60");
  REQUIRE(shell.prints("started|"));
  shell.process->signal(SIGKILL);
  shell.process.reset();
  bool waited = false;
  host.loop().at(now() + std::chrono::milliseconds(20), [&] { waited = true; });
  REQUIRE(run_until(host.loop(), [&] { return waited; }));
  CHECK(!shell.exit);
}
