// A world carries real TCP between a client in it and halfopen's listeners: through TUN devices and
// through veth pairs, as root and as an ordinary user.
#include <netinet/in.h>
#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstring>

#include "base/error.h"
#include "io/net/socket_diagnosis.h"
#include "stage.h"
#include "support/skip.h"

using namespace halfopen;
using namespace halfopen::io;
using namespace halfopen::io::testing;

namespace {

struct Way {
  const char* name;
  BrokerOptions options;
  bool root;
};

const Way ways[] = {{"root, TUN", {}, true},
                    {"root, veth", {true, false}, true},
                    {"nobody, what there is", {}, false},
                    {"nobody, veth", {true, false}, false}};

/// Does the work in one of the ways. It returns "" or says what is wrong.
void check(const Way& way, const std::function<std::string(Stage&)>& work) {
  const auto attempt = [&]() -> std::string {
    Stage stage(way.options);
    const std::string lack = lacking(stage.broker.abilities(), way.options);
    return lack.empty() ? work(stage) : "skipped: " + lack;
  };
  std::string said;
  if (way.root == (::geteuid() == 0)) {
    said = attempt();
  } else if (!way.root) {
    said = as_nobody(attempt);
  } else {
    said = "skipped: the tests do not run as root";
  }
  INFO(way.name);
  if (said.rfind("skipped", 0) == 0) {
    tests::skip(std::string(way.name) + ": " + said);
  } else {
    INFO(said);
    CHECK(said.empty());
  }
}

std::string greet(Stage& stage, World& world, const std::string& address) {
  Watched client = stage.spawn(bash(
      world.id, "exec 3<>/dev/tcp/" + address + "/8080; echo hello >&3; read -r x <&3; echo $x"));
  const Descriptor socket = stage.accept(world.listeners.at(0));
  stage.read_until(socket, "hello\n");
  if (::write(socket.get(), "welcome\n", 8) != 8) return "the server cannot write";
  const Exit exit = stage.run_to_end(client);
  if (exit.code != 0 || client.output != "welcome\n") return client.output + client.errors;
  return "";
}

/// The offset of TCP's payload in an IPv4 packet, or its size if there is none.
std::size_t payload_offset(std::span<const std::uint8_t> packet) {
  const std::size_t ip = (packet[0] & std::size_t{0xf}) * 4;
  return ip + (std::size_t{packet[ip + 12]} >> 4U) * 4;
}

}  // namespace

TEST_CASE("a client in a world talks TCP over IPv4 and IPv6, and nothing else is on the wire") {
  for (const Way& way : ways) {
    check(way, [](Stage& stage) -> std::string {
      World& world = stage.make_world({{8080, 443}, {}});
      if (world.listeners.size() != 2) return "there are not two listeners";
      std::string strange;
      stage.on_packet = [&](bool, std::span<std::uint8_t> packet) {
        const bool ipv6 = packet[0] >> 4U == 6;
        if (packet[ipv6 ? 6 : 9] != IPPROTO_TCP) strange += "a packet that is not TCP; ";
        if (packet.size() > 1500) strange += "a packet over 1500 bytes; ";
        return true;
      };
      std::string problem = greet(stage, world, server_address);
      if (problem.empty()) problem = greet(stage, world, server_address6);
      if (stage.device_drops(world.id) != 0) problem += "a device dropped packets";
      return problem + strange;
    });
  }
}

TEST_CASE("bulk data comes in packets of a wire, each of which can be lost") {
  for (const Way& way : ways) {
    check(way, [](Stage& stage) -> std::string {
      World& world = stage.make_world({{8080}, {}});
      int count = 0;
      std::size_t largest = 0;
      stage.on_packet = [&](bool to_server, std::span<std::uint8_t> packet) {
        largest = std::max(largest, packet.size());
        return !to_server || ++count % 50 != 7;
      };
      Watched client = stage.spawn(
          bash(world.id, std::string("head -c 1000000 /dev/zero | tr '\\0' x >/dev/tcp/") +
                             server_address + "/8080"));
      const Descriptor socket = stage.accept(world.listeners.at(0));
      std::size_t have = 0;
      stage.wait("a megabyte",
                 [&] {
                   char part[65536];
                   for (ssize_t size = 0; (size = ::read(socket.get(), part, sizeof part)) > 0;) {
                     have += static_cast<std::size_t>(size);
                   }
                   return have >= 1000000;
                 },
                 {socket.get()});
      stage.run_to_end(client);
      return largest == 1500 ? "" : "the largest packet has " + std::to_string(largest);
    });
  }
}

TEST_CASE("a corrupted packet is refused by the receiving kernel, and sent again") {
  for (const Way& way : ways) {
    check(way, [](Stage& stage) -> std::string {
      World& world = stage.make_world({{8080}, {}});
      int corrupted = 0;
      stage.on_packet = [&](bool to_server, std::span<std::uint8_t> packet) {
        if (to_server && corrupted == 0 && packet.size() > payload_offset(packet)) {
          packet.back() ^= 0x55U;
          ++corrupted;
        }
        return true;
      };
      const std::string problem = greet(stage, world, server_address);
      return corrupted == 1 ? problem : "nothing was corrupted";
    });
  }
}

TEST_CASE("a closed port of the server's kernel answers with a reset") {
  for (const Way& way : ways) {
    check(way, [](Stage& stage) -> std::string {
      const World& world = stage.make_world({{8080}, {}});
      Watched client =
          stage.spawn(bash(world.id, std::string("exec 3<>/dev/tcp/") + server_address + "/81"));
      const Exit exit = stage.run_to_end(client);
      const bool refused = client.errors.find("Connection refused") != std::string::npos;
      return exit.code == 1 && refused ? "" : client.errors;
    });
  }
}

TEST_CASE("a cable that is pulled leaves the device on, with its addresses and routes") {
  for (const Way& way : ways) {
    check(way, [](Stage& stage) -> std::string {
      World& world = stage.make_world({{8080}, {}});
      const auto shows = [&](const char* what) {
        Watched looks = stage.spawn(bash(world.id, "ip addr show eth0; ip route"));
        stage.run_to_end(looks);
        return looks.output.find(what) != std::string::npos;
      };
      if (!shows("LOWER_UP")) return "no carrier at first";
      set_carrier(world.client, false);
      if (shows("LOWER_UP") || !shows("NO-CARRIER")) return "it still has a carrier";
      if (!shows(client_address) || !shows("default")) return "its address or route is gone";
      set_carrier(world.client, true);
      if (!shows("LOWER_UP")) return "the carrier did not come back";
      return greet(stage, world, server_address);
    });
  }
}

TEST_CASE("a client that moves has another address, and the first one again when it moves back") {
  for (const Way& way : ways) {
    check(way, [](Stage& stage) -> std::string {
      World& world = stage.make_world({{8080}, {}});
      for (const char* address : {other_client_address, client_address}) {
        stage.readdress(world.id);
        Watched looks = stage.spawn(bash(world.id, "ip addr"));
        stage.run_to_end(looks);
        for (const char* each :
             {client_address, client_address6, other_client_address, other_client_address6}) {
          const bool here = std::string(address) == client_address
                                ? each == client_address || each == client_address6
                                : each == other_client_address || each == other_client_address6;
          if ((looks.output.find(std::string(each) + "/") != std::string::npos) != here)
            return std::string(each) + ": " + looks.output;
        }
        for (const char* server : {server_address, server_address6})
          if (const std::string wrong = greet(stage, world, server); !wrong.empty()) return wrong;
      }
      // A device that is off takes another address, too, and has it when it is on again.
      stage.switch_device(world.id, false);
      stage.readdress(world.id);
      stage.switch_device(world.id, true);
      return greet(stage, world, server_address6);
    });
  }
}

TEST_CASE("the client's kernel says what it has not got rid of") {
  for (const Way& way : ways) {
    check(way, [](Stage& stage) -> std::string {
      World& world = stage.make_world({{8080}, {}});
      if (!world.diagnosis) return "skipped: no sock_diag";
      Watched client =
          stage.spawn(bash(world.id, std::string("exec 3<>/dev/tcp/") + server_address +
                                         "/8080; echo hello >&3; read -r x <&3; "
                                         "printf %05000d 0 >&3; echo sent; read -r x"));
      const Descriptor socket = stage.accept(world.listeners.at(0));
      stage.read_until(socket, "hello\n");
      sockaddr_storage peer{};
      socklen_t size = sizeof peer;
      ::getpeername(socket.get(), reinterpret_cast<sockaddr*>(&peer), &size);
      const std::uint16_t port = ntohs(reinterpret_cast<const sockaddr_in6&>(peer).sin6_port);
      if (send_queue_of(world.diagnosis, port) != 0U) return "something waits at first";
      stage.on_packet = [](bool to_server, std::span<std::uint8_t>) { return !to_server; };
      if (::write(socket.get(), "go\n", 3) != 3) return "the server cannot write";
      stage.wait_for_output(client, "sent\n");
      const auto waits = send_queue_of(world.diagnosis, port);
      if (waits != 5000U) return "waits: " + std::to_string(waits.value_or(0));
      return send_queue_of(world.diagnosis, 1) ? "there is no such port" : "";
    });
  }
}

TEST_CASE("a device that is switched off and on keeps a connection alive") {
  for (const Way& way : ways) {
    check(way, [](Stage& stage) -> std::string {
      World& world = stage.make_world({{8080}, {}});
      Watched client = stage.spawn(
          bash(world.id, std::string("exec 3<>/dev/tcp/") + server_address6 +
                             "/8080; while read -r x <&3; do ip -brief link show eth0; ip -6 "
                             "route; echo $x; [ $x = end ] && break; done"));
      const Descriptor socket = stage.accept(world.listeners.at(0));
      stage.switch_device(world.id, false);
      Watched down = stage.spawn(bash(world.id, "ip -brief link show eth0; ip route; ip -6 route"));
      stage.run_to_end(down);
      if (down.output.find("default") != std::string::npos) return "down, but: " + down.output;
      if (down.output.find("LOWER_UP") != std::string::npos) return "down, but: " + down.output;
      stage.switch_device(world.id, true);
      if (::write(socket.get(), "end\n", 4) != 4) return "the server cannot write";
      stage.run_to_end(client);
      const bool up = client.output.find("LOWER_UP") != std::string::npos &&
                      client.output.find("default") != std::string::npos &&
                      client.output.find("end\n") != std::string::npos;
      return up ? "" : "up, but: " + client.output + client.errors;
    });
  }
}

TEST_CASE("the client's kernel has the settings that were asked for") {
  for (const Way& way : ways) {
    check(way, [](Stage& stage) -> std::string {
      const World& world = stage.make_world({{8080}, {{"tcp_syn_retries", 2}}});
      Watched client =
          stage.spawn(bash(world.id,
                           "cd /proc/sys/net/ipv4; cat tcp_syn_retries tcp_congestion_control "
                           "tcp_no_metrics_save"));
      stage.run_to_end(client);
      return client.output == "2\nreno\n1\n" ? "" : client.output + client.errors;
    });
  }
}

TEST_CASE("a kernel setting that does not exist is a clear problem") {
  Stage stage;
  if (no_worlds(stage)) return;
  CHECK(stage.problem_of_world({{80}, {{"tcp_sin_retries", 2}}}) ==
        "set the kernel's `tcp_sin_retries`: this kernel has no "
        "/proc/sys/net/ipv4/tcp_sin_retries");
  CHECK(stage.problem_of_world({{80}, {{"../ipv6/x", 2}}}) ==
        "set the kernel's `../ipv6/x`: this kernel has no /proc/sys/net/ipv4/../ipv6/x");
  CHECK(stage.problem_of_world({{80, 80}, {}}) == "bind port 80: Address already in use");
  CHECK(stage.problem_of_world({std::vector<std::uint16_t>(201, 80), {}}) ==
        "make listeners: a world has 200 ports at most");
  CHECK(stage.problem_of_world({{80}, {}}).empty());
}

TEST_CASE("a hundred worlds live at once") {
  for (const Way& way : {ways[0], ways[3]}) {
    check(way, [](Stage& stage) -> std::string {
      int made = 0;
      std::vector<World> worlds;
      std::string problem;
      for (int count = 0; count < 100; ++count) {
        stage.broker.make_world({{8080}, {}}, [&](Reply<World> reply) {
          ++made;
          problem += reply.problem;
          if (reply.value) worlds.push_back(std::move(*reply.value));
        });
      }
      stage.wait("a hundred worlds", [&] { return made == 100; });
      if (!problem.empty()) return problem;
      const int first = worlds.front().id;
      for (World& world : worlds) stage.worlds.emplace(world.id, std::move(world));
      return greet(stage, stage.worlds.at(first), server_address);
    });
  }
}

TEST_CASE("two hundred clients started at once all run") {
  check(ways[0], [](Stage& stage) -> std::string {
    const World& world = stage.make_world({{8080}, {}});
    int answered = 0;
    std::string problem;
    std::vector<Child> children;
    for (int count = 0; count < 200; ++count) {
      stage.broker.spawn(bash(world.id, "exit 0"), [&](Reply<Child> reply) {
        ++answered;
        problem += reply.problem;
        if (reply.value) children.push_back(std::move(*reply.value));
      });
    }
    stage.wait("two hundred clients", [&] { return answered == 200; });
    return problem;
  });
}

TEST_CASE("a world that is ended takes its clients with it") {
  for (const Way& way : ways) {
    check(way, [](Stage& stage) -> std::string {
      World& world = stage.make_world({{8080}, {}});
      Watched client = stage.spawn(bash(world.id, "trap '' TERM; sleep 1000"));
      stage.end_world(world);
      const Exit exit = stage.run_to_end(client);
      return exit.code == -1 && exit.signal == SIGKILL ? "" : "it ended by itself";
    });
  }
}
