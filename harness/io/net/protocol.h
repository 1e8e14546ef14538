// How requests and answers are written down between halfopen and its broker.
//
// A request is {"do": what, "id": number, …}; its answer is {"id": number, …} or
// {"id": number, "problem": text}. The end of a child is {"exit": …}, with no id.
#pragma once

#include <nlohmann/json.hpp>

#include "io/net/broker.h"
#include "io/net/message.h"

namespace halfopen::io {

/// A world's descriptors travel in one message.
inline constexpr std::size_t most_ports = 200;

[[nodiscard]] nlohmann::json describe(const WorldRequest& request);
[[nodiscard]] nlohmann::json describe(const SpawnRequest& request);
[[nodiscard]] nlohmann::json describe(const Abilities& abilities);
[[nodiscard]] nlohmann::json describe(const Exit& exit);
[[nodiscard]] nlohmann::json describe(const Device& device);  ///< All but its descriptor.

[[nodiscard]] WorldRequest read_world_request(const nlohmann::json& body);
[[nodiscard]] SpawnRequest read_spawn_request(const nlohmann::json& body);
[[nodiscard]] Abilities read_abilities(const nlohmann::json& body);
[[nodiscard]] Exit read_exit(const nlohmann::json& body);

/// Take the answer's descriptors.
[[nodiscard]] World read_world(Message&& answer);
[[nodiscard]] Child read_child(Message&& answer);

}  // namespace halfopen::io
