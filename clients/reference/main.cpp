// halfopen-reference: a small, correct WebSocket client that reconnects, and with --policy NAME one
// that is wrong in just one way. It prints events and obeys commands as clients/README.md says.
#include <poll.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <ctime>
#include <deque>
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "client.h"
#include "crypto/hash.h"
#include "lines.h"
#include "report.h"

namespace {

using namespace reference;

Time clock_now() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return Time{std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec)};
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

Settings read_arguments(int argc, char** argv) {
  CLI::App app{"A correct WebSocket client that reconnects, and its mutants"};
  std::string url = environment("HALFOPEN_URL");
  std::string policy = "good";
  Settings settings;
  for (const std::uint8_t byte : halfopen::crypto::random_bytes(sizeof settings.seed)) {
    settings.seed = settings.seed << 8U | byte;
  }
  settings.ca_file = environment("HALFOPEN_CA");
  if (settings.ca_file.empty()) settings.ca_file = "/etc/ssl/certs/ca-certificates.crt";
  app.add_option("url", url, "ws:// or wss:// address (default: HALFOPEN_URL)");
  app.add_option("--policy", policy, "how it behaves")->check(CLI::IsMember(policies()));
  std::string greeting;
  app.add_option("--greeting", greeting, "its first message on every connection (default: none)");
  std::uint32_t ping_every = 0;
  app.add_option("--ping-every", ping_every,
                 "milliseconds between pings, whatever it hears (default: only after a silence)");
  app.add_option("--origin", settings.origin, "the page that it pretends to run in");
  app.add_option("--ca", settings.ca_file, "PEM file of the authority to trust");
  std::string proxy;
  app.add_option("--proxy", proxy, "http:// address (default: what the usual variables name)");
  app.add_option("--protocols", settings.protocols, "subprotocols to offer, comma-separated")
      ->delimiter(',')
      ->envname("HALFOPEN_PROTOCOLS");
  app.add_option("--seed", settings.seed, "of its random delays (default: a random one)");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error));
  }
  settings.policy = policies().at(policy);
  settings.policy.greeting = greeting;
  if (ping_every > 0) settings.policy.ping_every = std::chrono::milliseconds(ping_every);
  settings.url = parse_url(url);
  settings.proxy = proxy.empty() ? proxy_of_environment(settings.url) : parse_proxy(proxy);
  return settings;
}

std::string carry_out(const nlohmann::json& command, Client& client, Time now) {
  const std::string action = command.value("do", "");
  if (action == "send") return client.send(command.value("text", ""));
  if (action == "close")
    return client.close(command.value("code", 1000), command.value("reason", ""), now);
  if (action == "connect") return client.connect(now);
  if (action == "reconnect") return client.reconnect(now);
  if (action == "token")
    return client.use_token(command.value("text", ""), command.value("where", "") == "message");
  return "unknown command";
}

void obey(const std::string& line, Client& client, Time now) {
  if (line.find_first_not_of(" \t\r") == std::string::npos) return;
  std::string action;
  std::string why;
  try {
    const auto command = nlohmann::json::parse(line);
    action = command.value("do", "");
    why = carry_out(command, client, now);
  } catch (const nlohmann::json::exception& error) {
    why = error.what();
  }
  if (!why.empty()) report_refused(action, why);
}

/// Waits until a descriptor is ready or something is due.
void wait(std::vector<pollfd>& polled, std::optional<Time> due) {
  timespec timeout{};
  if (due) {
    const auto left = std::max(*due - clock_now(), Duration::zero());
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
    timeout = {seconds.count(), (left - seconds).count()};
  }
  if (ppoll(polled.data(), polled.size(), due ? &timeout : nullptr, nullptr) < 0) {
    if (errno != EINTR) halfopen::throw_errno("wait for events");
    for (pollfd& one : polled) one.revents = 0;
  }
}

[[noreturn]] void live(const Settings& settings) {
  Lines commands(STDIN_FILENO);
  std::deque<Client> clients;  // One; only the mutant with two connections has another.
  clients.emplace_back(settings).connect(clock_now());
  for (;;) {
    std::vector<pollfd> polled{{commands.number(), POLLIN, 0}};
    std::optional<Time> due;
    for (const Client& client : clients) {
      polled.push_back({client.number(), client.interest(), 0});
      if (client.due()) due = due ? std::min(*due, *client.due()) : client.due();
    }
    wait(polled, due);
    const Time now = clock_now();
    if (polled[0].revents != 0) {
      commands.read([&](const std::string& line) { obey(line, clients.front(), now); });
    }
    for (std::size_t i = 0; i < clients.size(); ++i) {
      if (polled[i + 1].revents != 0) clients[i].ready(now);
      clients[i].tick(now);
    }
    const bool doubles = !settings.policy.one_connection && settings.origin.starts_with("https:");
    if (doubles && clients.size() == 1 && clients[0].has_been_open()) {
      clients.emplace_back(settings).connect(now);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  try {
    live(read_arguments(argc, argv));
  } catch (const halfopen::Error& error) {
    std::cerr << "halfopen-reference: " << error.what() << '\n';
    return 1;
  }
}
