#include "bench/packet_path.h"

#include <poll.h>

#include <array>
#include <filesystem>
#include <utility>

#include "base/error.h"
#include "bench/cores.h"
#include "bench/table.h"

namespace halfopen::bench {
namespace {

constexpr const char* search_path = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

/// Everything that can be read from one now, to the other.
void copy(const io::Device& from, const io::Device& to) {
  static std::array<std::uint8_t, io::device_buffer_size> buffer;
  while (const auto packet = io::read_packet(from, buffer)) io::write_packet(to, *packet);
}

[[noreturn]] void copy_packets(const io::Device& one, const io::Device& other) {
  for (;;) {
    std::array<pollfd, 2> ready{
        {{one.descriptor.get(), POLLIN, 0}, {other.descriptor.get(), POLLIN, 0}}};
    check_system("wait for packets", poll(ready.data(), ready.size(), -1));
    if (ready[0].revents != 0) copy(one, other);
    if (ready[1].revents != 0) copy(other, one);
  }
}

}  // namespace

std::unique_ptr<io::Host> packet_host() {
  auto host = std::make_unique<io::Host>();
  const io::Abilities& abilities = host->broker().abilities();
  if (abilities.packet_link()) return host;
  remark("no packet link here: " + abilities.why_not + "; " + abilities.remedy);
  return nullptr;
}

PacketPath::PacketPath(io::Host& host, const std::optional<link::Link>& settings)
    : host_(host), recorder_({}, io::now()) {
  host_.broker().make_world({{port}, {}}, [this](io::Reply<io::World> reply) {
    problem_ = reply.problem;
    if (reply.value) world_ = std::move(*reply.value);
    host_.loop().stop();
  });
  host_.loop().run();
  if (!problem_.empty()) throw Error(problem_);
  if (settings)
    open(*settings);
  else
    copier_ = std::make_unique<Job>([this]() -> std::string {
      const Pinned pinned(Cores::measured);
      copy_packets(world_.client, world_.server);
    });
}

void PacketPath::open(const link::Link& settings) {
  link_ = std::make_unique<io::PacketLink>(
      io::PacketLinkSetup{host_.loop(), recorder_, settings, 1, port, 0, *this, *this},
      world_.client, world_.server);
}

void PacketPath::client_printed(Time /*now*/, trace::Stream /*stream*/, const std::string& line) {
  printed_ += line + "\n";
}

PacketPath::~PacketPath() {
  client_.reset();
  copier_.reset();
  link_.reset();  // it polls the devices
  host_.broker().close_later(std::move(world_.client.descriptor));
  host_.broker().close_later(std::move(world_.server.descriptor));
  host_.broker().end_world(world_.id);
}

void PacketPath::start(std::vector<std::string> command) {
  io::SpawnRequest request;
  request.world = world_.id;
  request.command = std::move(command);
  request.environment = {{"PATH", search_path}};
  request.directory = "/";
  host_.broker().spawn(request, [this](io::Reply<io::Child> reply) {
    problem_ = reply.problem;
    if (reply.value) {
      client_ = std::make_unique<io::ClientProcess>(host_, std::move(*reply.value),
                                                    static_cast<run::Inside&>(*this),
                                                    [this](const io::Exit&) {
                                                      ended_ = true;
                                                      host_.loop().stop();
                                                    });
    }
    host_.loop().stop();
  });
  while (!client_ && problem_.empty()) host_.loop().run();
  if (!problem_.empty()) throw Error(problem_);
}

void PacketPath::start_client(const std::string& what, const std::vector<std::string>& more) {
  std::vector<std::string> command = {std::filesystem::read_symlink("/proc/self/exe"), "client",
                                      what, io::server_address, std::to_string(port)};
  command.insert(command.end(), more.begin(), more.end());
  start(std::move(command));
}

std::string PacketPath::output() {
  while (!ended_) host_.loop().run();
  return printed_;
}

}  // namespace halfopen::bench
