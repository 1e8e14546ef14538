#include "io/net/worlds.h"

#include <signal.h>

#include "base/error.h"
#include "io/net/side.h"

namespace halfopen::io {

namespace {

/// The kernel makes network devices one after the other: more processes only stand in the way.
constexpr std::size_t most_at_once = 2;

}  // namespace

void Worlds::make(std::uint64_t request, const WorldRequest& asked) {
  waiting_.push_back({request, asked});
  make_next();
}

void Worlds::make_next() {
  while (!waiting_.empty() && making_.size() < most_at_once) {
    const Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    try {
      start_making(next);
    } catch (const Error& failure) {
      outbox_.answer(next.request, problem_message(failure.what()));
    }
  }
}

void Worlds::start_making(const Waiting& next) {
  Errand errand = start_errand([&] { return make_world_network(access_, next.asked); },
                               {access_.user_namespace});
  const int answer = errand.answer.get();
  loop_.watch(answer, [this, answer] { made(answer); });
  making_.emplace(answer, Making{next.request, std::move(errand)});
}

void Worlds::made(int answer) {
  const auto found = making_.find(answer);
  loop_.forget(answer);
  Message message = answer_of(found->second.errand);
  if (problem_of(message).empty()) message = keep(std::move(message));
  outbox_.answer(found->second.request, std::move(message));
  making_.erase(found);
  make_next();
}

Message Worlds::keep(Message made) {
  std::vector<Descriptor>& parts = made.descriptors;
  const auto part = [&parts](WorldPart which) -> Descriptor& {
    return parts.at(static_cast<std::size_t>(which));
  };
  const int world = ++last_;
  worlds_.emplace(
      world, Entry{std::move(part(WorldPart::client_namespace)),
                   std::move(part(WorldPart::server_namespace)),
                   Netlink(std::move(part(WorldPart::client_netlink))),
                   Netlink(std::move(part(WorldPart::server_netlink))), io::client_side(), true});
  made.body["world"] = world;
  // What is left is halfopen's: the devices, then the listeners.
  parts.erase(parts.begin(), parts.begin() + static_cast<long>(WorldPart::client_device));
  return made;
}

Worlds::Entry& Worlds::entry_of(int world) {
  const auto found = worlds_.find(world);
  if (found == worlds_.end()) throw Error("find world " + std::to_string(world), "there is none");
  return found->second;
}

int Worlds::client_namespace(int world) { return entry_of(world).client_namespace.get(); }

void Worlds::switch_device(int world, bool up) {
  Entry& entry = entry_of(world);
  io::switch_device(entry.client, entry.client_side, up);
  entry.client_up = up;
}

void Worlds::readdress(int world) {
  Entry& entry = entry_of(world);
  const bool moved = entry.client_side.address == io::client_side().address;
  const Side next = moved ? other_client_side() : io::client_side();
  io::readdress(entry.client, entry.client_side, next, entry.client_up);
  entry.client_side = next;
}

DeviceDrops Worlds::device_drops(int world) {
  Entry& entry = entry_of(world);
  return {entry.client.dropped(device_name), entry.server.dropped(device_name)};
}

void Worlds::end_all() {
  waiting_.clear();
  for (const auto& [answer, making] : making_) ::kill(making.errand.process, SIGKILL);
  worlds_.clear();
}

}  // namespace halfopen::io
