#include "stage.h"

#include <grp.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cerrno>
#include <chrono>

#include "base/error.h"
#include "io/net/process.h"
#include "support/skip.h"

namespace halfopen::io::testing {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds patience{120};
constexpr unsigned nobody = 65534;

/// Appends what can be read now; true at the end.
bool drain(const Descriptor& pipe, std::string& text) {
  std::array<char, 4096> part{};
  while (true) {
    const ssize_t count = ::read(pipe.get(), part.data(), part.size());
    if (count <= 0) return count == 0;
    text.append(part.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace

Stage::Stage(const BrokerOptions& options) : broker(options) {
  broker.on_exit = [this](const Exit& exit) { exits.push_back(exit); };
}

Stage::~Stage() {
  while (!worlds.empty()) end_world(worlds.begin()->second);
}

void Stage::wait(const std::string& what, const std::function<bool()>& done,
                 const std::vector<int>& descriptors) {
  const auto end = Clock::now() + patience;
  std::vector<pollfd> polled{{broker.descriptor(), POLLIN, 0}};
  for (const int descriptor : descriptors) polled.push_back({descriptor, POLLIN, 0});
  for (const auto& [id, world] : worlds) {
    polled.push_back({world.client.descriptor.get(), POLLIN, 0});
    polled.push_back({world.server.descriptor.get(), POLLIN, 0});
  }
  while (!done()) {
    if (Clock::now() > end) throw Error("wait for " + what, "it took too long");
    ::poll(polled.data(), polled.size(), 50);
    broker.readable();
    for (const auto& [id, world] : worlds) {
      forward(world.client, world.server, true);
      forward(world.server, world.client, false);
    }
  }
}

void Stage::forward(const Device& from, const Device& to, bool to_server) {
  std::vector<std::uint8_t> buffer(device_buffer_size);
  while (const auto packet = read_packet(from, buffer)) {
    if (!on_packet || on_packet(to_server, *packet)) write_packet(to, *packet);
  }
}

World& Stage::make_world(const WorldRequest& request) {
  Reply<World> reply;
  bool done = false;
  broker.make_world(request, [&](Reply<World> answer) {
    reply = std::move(answer);
    done = true;
  });
  wait("a world", [&] { return done; });
  if (!reply.value) throw Error(reply.problem);
  const int id = reply.value->id;
  return worlds.emplace(id, std::move(*reply.value)).first->second;
}

std::string Stage::problem_of_world(const WorldRequest& request) {
  try {
    make_world(request);
    return "";
  } catch (const Error& failure) {
    return failure.what();
  }
}

std::string Stage::problem_of_spawn(const SpawnRequest& request) {
  try {
    spawn(request);
    return "";
  } catch (const Error& failure) {
    return failure.what();
  }
}

Watched Stage::spawn(const SpawnRequest& request) {
  Reply<Child> reply;
  bool done = false;
  broker.spawn(request, [&](Reply<Child> answer) {
    reply = std::move(answer);
    done = true;
  });
  wait("a child", [&] { return done; });
  if (!reply.value) throw Error(reply.problem);
  return {std::move(*reply.value), "", "", false, false};
}

Exit Stage::run_to_end(Watched& watched) {
  const Exit* exit = nullptr;
  wait("a child's end",
       [&] {
         if (!watched.output_ended) {
           watched.output_ended = drain(watched.child.output, watched.output);
         }
         if (!watched.errors_ended) {
           watched.errors_ended = drain(watched.child.errors, watched.errors);
         }
         for (const Exit& one : exits) {
           if (one.child == watched.child.id) exit = &one;
         }
         return watched.output_ended && watched.errors_ended && exit != nullptr;
       },
       {watched.child.output.get()});
  return *exit;
}

void Stage::wait_for_output(Watched& watched, const std::string& text) {
  wait("the output `" + text + "`",
       [&] {
         watched.output_ended = drain(watched.child.output, watched.output);
         return watched.output.find(text) != std::string::npos;
       },
       {watched.child.output.get()});
}

void Stage::switch_device(int world, bool up) {
  Reply<bool> reply;
  bool done = false;
  broker.switch_device(world, up, [&](Reply<bool> answer) {
    reply = std::move(answer);
    done = true;
  });
  wait("the device", [&] { return done; });
  if (!reply.value) throw Error(reply.problem);
}

void Stage::readdress(int world) {
  Reply<bool> reply;
  bool done = false;
  broker.readdress(world, [&](Reply<bool> answer) {
    reply = std::move(answer);
    done = true;
  });
  wait("the address", [&] { return done; });
  if (!reply.value) throw Error(reply.problem);
}

std::uint64_t Stage::memory(int child) {
  Reply<std::uint64_t> reply;
  bool done = false;
  broker.memory(child, [&](Reply<std::uint64_t> answer) {
    reply = std::move(answer);
    done = true;
  });
  wait("the memory", [&] { return done; });
  if (!reply.value) throw Error(reply.problem);
  return *reply.value;
}

std::uint64_t Stage::device_drops(int world) {
  Reply<DeviceDrops> reply;
  bool done = false;
  broker.device_drops(world, [&](Reply<DeviceDrops> answer) {
    reply = std::move(answer);
    done = true;
  });
  wait("the drops", [&] { return done; });
  if (!reply.value) throw Error(reply.problem);
  return reply.value->client + reply.value->server;
}

void Stage::end_world(World& world) {
  const int id = world.id;
  broker.close_later(std::move(world.client.descriptor));
  broker.close_later(std::move(world.server.descriptor));
  worlds.erase(id);
  broker.end_world(id);
}

Descriptor Stage::accept(const Descriptor& listener) {
  Descriptor socket;
  wait("a connection",
       [&] {
         socket =
             Descriptor(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
         return static_cast<bool>(socket);
       },
       {listener.get()});
  return socket;
}

std::string Stage::read_until(const Descriptor& socket, const std::string& text) {
  std::string have;
  wait("`" + text + "`",
       [&] {
         drain(socket, have);
         return have.find(text) != std::string::npos;
       },
       {socket.get()});
  return have;
}

SpawnRequest bash(int world, const std::string& line) {
  SpawnRequest request;
  request.world = world;
  request.command = {"bash", "-c", line};
  request.environment = {{"PATH", "/usr/bin:/bin:/usr/sbin:/sbin"}};
  return request;
}

std::string as_nobody(const std::function<std::string()>& work) {
  auto [reading, writing] = make_pipe();
  const pid_t process = check_system("start a process", ::fork());
  if (process == 0) {
    std::string said;
    try {
      check_system("give up groups", ::setgroups(0, nullptr));
      check_system("become nobody", ::setgid(nobody));
      check_system("become nobody", ::setuid(nobody));
      // A program that nobody starts owns its /proc; a process that changed its user does not.
      ::prctl(PR_SET_DUMPABLE, 1);
      said = work();
    } catch (const std::exception& failure) {
      said = failure.what();
    }
    if (::write(writing.get(), said.data(), said.size()) < 0) ::_exit(1);
    ::_exit(0);
  }
  writing.reset();
  std::string said;
  while (!drain(reading, said)) {
  }
  int status = 0;
  ::waitpid(process, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? said : said + " (it crashed)";
}

std::string lacking(const Abilities& abilities, const BrokerOptions& options) {
  if (!abilities.packet_link()) return abilities.why_not + " (" + abilities.remedy + ")";
  if (options.tun && abilities.root && !abilities.tun) return "there are no TUN devices";
  return "";
}

bool no_worlds(const Stage& stage) {
  if (stage.broker.abilities().packet_link()) return false;
  tests::skip(stage.broker.abilities().why_not);
  return true;
}

bool wait_until_gone(const std::vector<pid_t>& processes) {
  for (const pid_t process : processes) {
    const Descriptor descriptor = process_descriptor(process);
    if (!descriptor) continue;  // gone, or a kernel without these descriptors
    pollfd polled{descriptor.get(), POLLIN, 0};
    if (::poll(&polled, 1, 60'000) != 1) return false;
  }
  return true;
}

}  // namespace halfopen::io::testing
