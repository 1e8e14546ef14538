#include "run/noted.h"

#include <algorithm>

namespace halfopen::run {
namespace {

trace::Layer noted(faults::Layer layer) {
  switch (layer) {
    case faults::Layer::dns:
      return trace::Layer::dns;
    case faults::Layer::port:
      return trace::Layer::port;
    case faults::Layer::proxy:
      return trace::Layer::proxy;
    case faults::Layer::tls:
      return trace::Layer::tls;
    case faults::Layer::handshake:
      return trace::Layer::handshake;
    case faults::Layer::frame:
      return trace::Layer::frame;
    case faults::Layer::close:
      return trace::Layer::close;
    case faults::Layer::drop:
      return trace::Layer::drop;
  }
  return trace::Layer::drop;
}

trace::LinkState noted(link::State state) {
  switch (state) {
    case link::State::up:
      return trace::LinkState::up;
    case link::State::down:
      return trace::LinkState::down;
    case link::State::no_carrier:
      return trace::LinkState::no_carrier;
    case link::State::blackhole:
      return trace::LinkState::blackhole;
    case link::State::blackhole_up:
      return trace::LinkState::blackhole_up;
    case link::State::blackhole_down:
      return trace::LinkState::blackhole_down;
  }
  return trace::LinkState::up;
}

}  // namespace

trace::FaultStruck noted(const faults::Fault& fault, bool silent) {
  return {noted(fault.layer), std::string(fault.name), std::string(fault.about), silent};
}

bool is_silent(const std::vector<faults::Act>& acts) {
  using Kind = faults::Act::Kind;
  return std::any_of(acts.begin(), acts.end(), [](const faults::Act& act) {
    return act.kind == Kind::vanish || act.kind == Kind::ignore;
  });
}

trace::LinkChanged noted(const link::Change& change, link::Link& link) {
  const link::Link before = link;
  link.up = change.up.value_or(link.up);
  link.down = change.down.value_or(link.down);
  link.middlebox = change.middlebox.value_or(link.middlebox);
  return {change.state ? noted(*change.state) : trace::LinkState::unchanged,
          change.rebind || change.readdress, link != before, change.text};
}

std::pair<trace::Matching, std::string> noted(const scenario::Match& match) {
  using trace::Matching;
  using Noted = std::pair<Matching, std::string>;
  struct Note {
    Noted operator()(const scenario::AnyMessage&) const { return {Matching::any, ""}; }
    Noted operator()(const scenario::TextMatch& text) const { return {Matching::text, text.text}; }
    Noted operator()(const scenario::RegexMatch& regex) const {
      return {Matching::regex, regex.pattern};
    }
    Noted operator()(const scenario::JsonMatch& json) const { return {Matching::json, json.json}; }
    Noted operator()(const scenario::HexMatch& bytes) const {
      return {Matching::hex, hex(bytes.bytes)};
    }
  };
  return std::visit(Note{}, match);
}

trace::LinkChanged starts_as(link::State state) {
  return {noted(state), false, false,
          std::string(link::state_names.at(static_cast<std::size_t>(state)))};
}

}  // namespace halfopen::run
