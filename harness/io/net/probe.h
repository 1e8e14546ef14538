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

/// One sentence on what a user may do about a machine that refuses namespaces, by what its settings
/// say.
[[nodiscard]] std::string remedy_for_namespaces(bool root);

}  // namespace halfopen::io
