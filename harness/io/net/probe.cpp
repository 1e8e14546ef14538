#include "io/net/probe.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "base/error.h"
#include "io/net/client_start.h"
#include "io/net/errand.h"
#include "io/net/namespaces.h"
#include "io/net/text_file.h"

namespace halfopen::io {
namespace {

/// Runs the work to its end in a process of its own.
Message run_errand(const std::function<Message()>& work, std::vector<int> keep) {
  const Errand errand = start_errand(work, std::move(keep));
  Message answer = answer_of(errand);
  ::waitpid(errand.process, nullptr, 0);
  return answer;
}

/// A user namespace of our own, which lives as long as the descriptor.
Descriptor make_user_namespace() {
  Message answer = run_errand(
      [] {
        enter_new_user_namespace();
        Message made;
        made.descriptors.push_back(current_namespace("user"));
        return made;
      },
      {});
  if (const std::string problem = problem_of(answer); !problem.empty()) throw Error(problem);
  return std::move(answer.descriptors.at(0));
}

/// Makes a world and a client's room in it, and throws all of it away. "" if that works.
std::string try_world(const Access& access, std::vector<Descriptor>& leftovers) {
  Message world = run_errand(
      [access] {
        return make_world_network(access, {{80}, {}});
      },
      {access.user_namespace});
  if (std::string problem = problem_of(world); !problem.empty()) return problem;
  const int network =
      world.descriptors.at(static_cast<std::size_t>(WorldPart::client_namespace)).get();
  const Message room = run_errand(
      [access, network] {
        try_client_room({access.user_namespace, network});
        return Message{};
      },
      {access.user_namespace, network});
  for (const WorldPart device : {WorldPart::client_device, WorldPart::server_device}) {
    leftovers.push_back(std::move(world.descriptors.at(static_cast<std::size_t>(device))));
  }
  return problem_of(room);
}

/// Tries TUN, then veth, as the process is or in a user namespace; true if either works.
bool try_devices(Probed& probed, const BrokerOptions& options, int user_namespace) {
  Abilities& abilities = probed.abilities;
  for (const bool tun : {true, false}) {
    if (tun && !options.tun) continue;
    const Access access{user_namespace, tun};
    std::string problem = try_world(access, probed.leftovers);
    if (problem.empty()) {
      probed.access = access;
      abilities.namespaces = true;
      (tun ? abilities.tun : abilities.veth) = true;
      abilities.why_not.clear();
      return true;
    }
    if (tun) abilities.why_no_tun = problem;
    abilities.why_not = std::move(problem);
  }
  return false;
}

bool try_user_namespace(Probed& probed, const BrokerOptions& options) {
  try {
    probed.user_namespace = make_user_namespace();
  } catch (const Error& failure) {
    probed.abilities.why_not = failure.what();
    return false;
  }
  return try_devices(probed, options, probed.user_namespace.get());
}

}  // namespace

Probed probe(const BrokerOptions& options) {
  Probed probed;
  Abilities& abilities = probed.abilities;
  abilities.root = ::geteuid() == 0;
  if (!options.namespaces) {
    abilities.why_not = "namespaces are switched off";
    return probed;
  }
  // Root in a container may lack the capability, and still be allowed a user namespace.
  if (abilities.root && try_devices(probed, options, -1)) return probed;
  if (!try_user_namespace(probed, options)) {
    abilities.remedy = remedy_for_namespaces(abilities.root);
  }
  return probed;
}

std::optional<Setting> forbidding_setting() {
  const Setting settings[] = {{"kernel.apparmor_restrict_unprivileged_userns", "1", "0"},
                              {"kernel.unprivileged_userns_clone", "0", "1"},
                              {"user.max_user_namespaces", "0", "10000"}};
  for (const Setting& setting : settings) {
    std::string below = setting.name;
    std::replace(below.begin(), below.end(), '.', '/');
    const std::optional<std::string> text = read_file("/proc/sys/" + below);
    if (text && text->rfind(setting.forbids, 0) == 0) return setting;
  }
  return std::nullopt;
}

std::string remedy_for_namespaces(bool root) {
  if (root) return remedy_in_container;
  const std::optional<Setting> setting = forbidding_setting();
  if (!setting) return "run as root";
  return "run as root, or once: sudo sysctl " + setting->name + "=" + setting->allows;
}

}  // namespace halfopen::io
