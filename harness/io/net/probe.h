// Finding out by trying what this machine lets us do.
#pragma once

#include "io/net/broker.h"
#include "io/net/world_maker.h"

namespace halfopen::io {

struct Probed {
  Abilities abilities;
  Access access;                      ///< Of use where abilities.packet_link().
  Descriptor user_namespace;          ///< Keeps access.user_namespace open.
  std::vector<Descriptor> leftovers;  ///< Devices of the trial, for halfopen to close_later().
};

/// Makes a world in the best way that works: as root or in a user namespace, with TUN or with veth.
[[nodiscard]] Probed probe(const BrokerOptions& options);

/// A setting of the kernel that has a say in unprivileged user namespaces.
struct Setting {
  std::string name;     ///< As sysctl(8) has it: "user.max_user_namespaces".
  std::string forbids;  ///< The value with which it forbids them …
  std::string allows;   ///< … and one with which it does not.
};

/// The first that forbids them on this machine; none if none does. (Containers may forbid them,
/// too, whatever these say.)
[[nodiscard]] std::optional<Setting> forbidding_setting();

/// What helps where a container forbids namespaces.
inline constexpr const char* remedy_in_container =
    "in a container, start it with --privileged, or with --cap-add SYS_ADMIN "
    "--cap-add NET_ADMIN --device /dev/net/tun --security-opt seccomp=unconfined";

/// One sentence on what a user may do about a machine that refuses namespaces, by what its settings
/// say.
[[nodiscard]] std::string remedy_for_namespaces(bool root);

}  // namespace halfopen::io
