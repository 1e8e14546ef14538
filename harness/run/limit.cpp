#include "run/limit.h"

namespace halfopen::run {
namespace {

constexpr int service_unavailable = 503;  // RFC 9110, section 15.6.4

faults::Use port_fault(std::string_view name) {
  faults::Use use{faults::find(faults::Layer::port, name), {}};
  faults::complete(use);
  return use;
}

}  // namespace

Limit::Limit(const std::optional<scenario::ConnectionLimit>& limit) : limit_(limit) {
  if (!limit_) return;
  turned_away_.place = turned_away_.handshake.place = limit_->place;
  switch (limit_->then) {
    case Then::refuse:
      turned_away_.port = port_fault("closed");
      break;
    case Then::reset:
      turned_away_.port = port_fault("accept-reset");
      // Not before the client speaks: some take an earlier one for a port that is closed.
      turned_away_.port->arguments["bytes"] = std::int64_t{1};
      break;
    case Then::unavailable:
      turned_away_.handshake.status = service_unavailable;
      break;
    case Then::queue:  // Nobody is: it waits, and is then served by its own table.
      break;
  }
}

}  // namespace halfopen::run
