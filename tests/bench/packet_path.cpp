#include "bench/packet_path.h"

#include <filesystem>
#include <utility>

#include "base/error.h"
#include "bench/table.h"

namespace halfopen::bench {
namespace {

constexpr const char* search_path = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

}  // namespace

std::unique_ptr<io::Host> packet_host() {
  auto host = std::make_unique<io::Host>();
  const io::Abilities& abilities = host->broker().abilities();
  if (abilities.packet_link()) return host;
  remark("no packet link here: " + abilities.why_not + "; " + abilities.remedy);
  return nullptr;
}

PacketPath::PacketPath(io::Host& host, link::Link settings)
    : host_(host), settings_(std::move(settings)), recorder_({}, io::now()) {
  host_.broker().make_world({{port}, {}}, [this](io::Reply<io::World> reply) {
    problem_ = reply.problem;
    if (reply.value) world_ = std::move(*reply.value);
    host_.loop().stop();
  });
  host_.loop().run();
  if (!problem_.empty()) throw Error(problem_);
  open();
}

void PacketPath::open() {
  link_ = std::make_unique<io::PacketLink>(
      io::PacketLinkSetup{host_.loop(), recorder_, settings_, 1, port, 0, hooks(),
                          [](bool /*up*/) {}, [] {}},
      world_.client, world_.server);
}

io::LinkHooks PacketPath::hooks() {
  io::LinkHooks hooks;
  hooks.begin_attempt = [this](const std::string&, const auto&) {
    return run::Session::Begun{++attempts_, trace::Port::open};
  };
  hooks.end_visible = [](int, const trace::EndVisible&) {};
  hooks.client_left = [](int, trace::End) {};
  hooks.unreliable = [](const std::string&) {};
  return hooks;
}

PacketPath::~PacketPath() {
  client_.reset();
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
      io::ClientProcess::Hooks hooks;
      hooks.on_line = [this](trace::Stream, const std::string& line) { printed_ += line + "\n"; };
      hooks.on_exit = [this](const io::Exit&) {
        ended_ = true;
        host_.loop().stop();
      };
      client_ = std::make_unique<io::ClientProcess>(host_, std::move(*reply.value), hooks);
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
