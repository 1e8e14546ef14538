// One attempt of a client to connect: what its table says of it, and what has become of it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "faults/resolution.h"
#include "run/connection.h"
#include "scenario/coins.h"

namespace halfopen::run {

struct Attempt {
  Time began{};
  const scenario::Attempt* table = nullptr;
  /// The table once its coins have fallen, where it leaves anything to them.
  std::shared_ptr<const scenario::Thrown> thrown;
  faults::Resolution resolution{};
  faults::Reception received{.served = true};
  trace::Port port = trace::Port::open;
  /// Its name was looked up, or its SYNs so far lead nowhere: the next SYN belongs to it.
  bool awaits_syn = false;
  std::unique_ptr<Connection> connection;  ///< Once the server has looked at it.
  std::optional<trace::End> end_seen;      ///< The first end that the client could see.
  bool left = false;
  bool silenced = false;       ///< By the link; what its steps do, its connection says.
  bool reported_dead = false;  ///< The client said that this connection, or a later one, ended.
  bool over_written = false;
  std::optional<Time> to_be_failed_by{};  ///< For what was sent on it.
  std::string key{};          ///< Its Sec-WebSocket-Key, once its connection has been let go.
  std::optional<Time> due{};  ///< The deadline that the list of deadlines has of it.
  bool counted_open = false;

  /// It was never accepted, and has ended.
  [[nodiscard]] bool came_to_nothing() const {
    return end_seen && (port != trace::Port::open || end_seen == trace::End::unresolved);
  }
  /// Both sides are done with it.
  [[nodiscard]] bool over() const {
    return connection ? connection->over() || left : came_to_nothing();
  }
  [[nodiscard]] bool opened() const { return connection && connection->opened(); }
  [[nodiscard]] bool is_silenced() const {
    return silenced || (connection && connection->has_silenced());
  }
};

}  // namespace halfopen::run
