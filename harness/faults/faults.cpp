// The catalogue: finding faults and filling in what a scenario leaves out.
#include <algorithm>

#include "base/error.h"
#include "base/units.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

template <class T>
T fallback_of(const Parameter& parameter, const Parsed<T>& parsed) {
  if (parsed.value) return *parsed.value;
  throw Error("read the default of " + std::string(parameter.name), parsed.problem);
}

Value default_of(const Parameter& parameter) {
  switch (parameter.type) {
    case Type::text:
      return std::string(parameter.fallback);
    case Type::count:
      return std::int64_t{std::stoll(std::string(parameter.fallback))};
    case Type::duration:
      return fallback_of(parameter, parse_duration(parameter.fallback));
    case Type::size:
      return static_cast<std::int64_t>(fallback_of(parameter, parse_size(parameter.fallback)));
  }
  throw Error("read the default of " + std::string(parameter.name), "no such type");
}

/// Whether the connection is after it what it was before.
bool leaves_alone(const Act& act) {
  using Kind = Act::Kind;
  switch (act.kind) {
    case Kind::send:
    case Kind::drip:
    case Kind::hold:  // Of which a client learns only behind its own Close.
      return true;
    case Kind::bare:
    case Kind::alert:
    case Kind::close:
    case Kind::linger:
    case Kind::mute:
    case Kind::finish:
    case Kind::cut:
    case Kind::reset:
    case Kind::vanish:
    case Kind::ignore:
      return false;
  }
  return false;
}

}  // namespace

std::string_view key_of(Layer layer) {
  switch (layer) {
    case Layer::dns:
      return "dns";
    case Layer::port:
      return "port";
    case Layer::proxy:
      return "proxy";
    case Layer::tls:
      return "tls";
    case Layer::handshake:
      return "handshake";
    case Layer::frame:
      return "frame";
    case Layer::close:
      return "close";
    case Layer::drop:
      return "drop";
  }
  return "";
}

std::string_view about(Layer layer) {
  switch (layer) {
    case Layer::dns:
      return "How look-ups of the server's name are answered.";
    case Layer::port:
      return "How the network and the kernel receive the connection.";
    case Layer::proxy:
      return "What an HTTP proxy between the client and the server does to the connection.";
    case Layer::tls:
      return "What is wrong with TLS: certificates, versions, alerts, and bytes on the wire.";
    case Layer::handshake:
      return "How the opening handshake is answered.";
    case Layer::frame:
      return "Frames on an open connection, which goes on unless the client ends it.";
    case Layer::close:
      return "The closing handshake.";
    case Layer::drop:
      return "How an open connection ends without a closing handshake.";
  }
  return "";
}

bool is_step(Layer layer) {
  return layer == Layer::frame || layer == Layer::close || layer == Layer::drop;
}

const Fault* find(Layer layer, std::string_view name) {
  const auto table = all();
  const auto at = std::find_if(table.begin(), table.end(), [&](const Fault* fault) {
    return fault->layer == layer && fault->name == name;
  });
  return at == table.end() ? nullptr : *at;
}

std::vector<std::string> names(Layer layer) {
  std::vector<std::string> found;
  for (const Fault* fault : all()) {
    if (fault->layer == layer) found.emplace_back(fault->name);
  }
  return found;
}

void complete(Use& use) {
  for (const Parameter& parameter : use.fault->parameters) {
    if (use.arguments.find(parameter.name) == use.arguments.end()) {
      use.arguments.emplace(parameter.name, default_of(parameter));
    }
  }
}

bool may_be_left_for(const Fault& fault) {
  if (fault.leaves_it_open || !fault.fails_with.empty()) return true;
  if (!is_step(fault.layer)) return false;
  Use use{&fault, {}};
  complete(use);
  return !std::ranges::all_of(fault.acts(use.arguments), leaves_alone);
}

}  // namespace halfopen::faults
