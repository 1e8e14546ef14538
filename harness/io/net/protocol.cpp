#include "io/net/protocol.h"

#include "base/error.h"

namespace halfopen::io {
namespace {

using nlohmann::json;

Descriptor take(Message& message, std::size_t place) {
  if (place >= message.descriptors.size()) throw Error("read an answer", "a descriptor is missing");
  return std::move(message.descriptors[place]);
}

Device read_device(const json& body, Descriptor descriptor) {
  Device device;
  device.descriptor = std::move(descriptor);
  body.at("header4").get_to(device.header4);
  body.at("header6").get_to(device.header6);
  body.at("socket").get_to(device.is_socket);
  return device;
}

}  // namespace

json describe(const WorldRequest& request) {
  return {{"ports", request.ports}, {"kernel", request.kernel}, {"names", request.names}};
}

WorldRequest read_world_request(const json& body) {
  WorldRequest request;
  body.at("ports").get_to(request.ports);
  body.at("kernel").get_to(request.kernel);
  body.at("names").get_to(request.names);
  return request;
}

json describe(const SpawnRequest& request) {
  return {{"world", request.world},
          {"command", request.command},
          {"environment", request.environment},
          {"directory", request.directory},
          {"may_capture", request.may_capture},
          {"hosts", request.hosts}};
}

SpawnRequest read_spawn_request(const json& body) {
  SpawnRequest request;
  body.at("world").get_to(request.world);
  body.at("command").get_to(request.command);
  body.at("environment").get_to(request.environment);
  body.at("directory").get_to(request.directory);
  body.at("may_capture").get_to(request.may_capture);
  body.at("hosts").get_to(request.hosts);
  return request;
}

json describe(const Abilities& abilities) {
  return {{"root", abilities.root},       {"namespaces", abilities.namespaces},
          {"tun", abilities.tun},         {"veth", abilities.veth},
          {"why_not", abilities.why_not}, {"why_no_tun", abilities.why_no_tun},
          {"remedy", abilities.remedy}};
}

Abilities read_abilities(const json& body) {
  Abilities abilities;
  body.at("root").get_to(abilities.root);
  body.at("namespaces").get_to(abilities.namespaces);
  body.at("tun").get_to(abilities.tun);
  body.at("veth").get_to(abilities.veth);
  body.at("why_not").get_to(abilities.why_not);
  body.at("why_no_tun").get_to(abilities.why_no_tun);
  body.at("remedy").get_to(abilities.remedy);
  return abilities;
}

json describe(const Exit& exit) {
  return {{"child", exit.child}, {"code", exit.code}, {"signal", exit.signal}, {"lost", exit.lost}};
}

Exit read_exit(const json& body) {
  Exit exit;
  body.at("child").get_to(exit.child);
  body.at("code").get_to(exit.code);
  body.at("signal").get_to(exit.signal);
  body.at("lost").get_to(exit.lost);
  return exit;
}

json describe(const Device& device) {
  return {{"header4", device.header4}, {"header6", device.header6}, {"socket", device.is_socket}};
}

World read_world(Message&& answer) {
  World world;
  answer.body.at("world").get_to(world.id);
  world.client = read_device(answer.body.at("client"), take(answer, 0));
  world.server = read_device(answer.body.at("server"), take(answer, 1));
  std::size_t place = 2;
  if (answer.body.at("diagnosis").get<bool>()) world.diagnosis = take(answer, place++);
  if (answer.body.at("names").get<bool>()) {
    world.names_udp = take(answer, place++);
    world.names_tcp = take(answer, place++);
  }
  for (; place < answer.descriptors.size(); ++place) {
    world.listeners.push_back(take(answer, place));
  }
  return world;
}

Child read_child(Message&& answer) {
  Child child;
  answer.body.at("child").get_to(child.id);
  child.input = take(answer, 0);
  child.output = take(answer, 1);
  child.errors = take(answer, 2);
  return child;
}

}  // namespace halfopen::io
