// `proxy = …` of [server] and of an attempt.
#include <algorithm>
#include <cctype>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

/// "user:secret": a user without a colon (RFC 7617, section 2). Nothing that an address would have
/// to escape, so that every client makes the same of it.
std::optional<std::string> as_credentials(const Node& node, const KeySite& at) {
  auto text = as_text(node, at);
  if (!text) return std::nullopt;
  const std::size_t colon = text->find(':');
  const bool good =
      colon != std::string::npos && colon > 0 && colon + 1 < text->size() &&
      std::all_of(text->begin(), text->end(),
                  [](unsigned char c) {
                    return std::isalnum(c) != 0 || c == ':' || c == '-' || c == '_' || c == '.';
                  }) &&
      text->find(':', colon + 1) == std::string::npos;
  if (!good)
    return at.problem(node,
                      "credentials are a name and a password, of letters, digits, - _ and "
                      "dots, like \"user:secret\"");
  return text;
}

}  // namespace

std::optional<Proxy> read_server_proxy(const TableReader& server) {
  const Node* node = server.node("proxy");
  if (node == nullptr) return std::nullopt;
  Proxy proxy;
  if (const auto* keys = node->get<Node::Table>()) {
    const TableReader table(*keys, node->place, sections::server_proxy, server.problems());
    table.into(proxy.credentials, "credentials", as_credentials);
    return proxy;
  }
  const auto kind = as_word{{"http"}, "kind of proxy"}(*node, server.site("proxy"));
  return kind ? std::optional(proxy) : std::nullopt;
}

ProxyFault read_proxy(const TableReader& attempt) {
  const Node* node = attempt.node("proxy");
  if (node == nullptr) return std::nullopt;
  std::optional<faults::Use> use;
  if (const auto* keys = node->get<Node::Table>()) {
    const Entry* fault = find(*keys, "fault");
    const TableReader table(
        *keys, node->place, sections::proxy, attempt.problems(),
        parameter_keys(faults::Layer::proxy, fault == nullptr ? nullptr : &fault->value));
    if (fault == nullptr)
      attempt.site("proxy").problem(*node,
                                    "name the fault, like proxy = { fault = \"forbidden\" }");
    else
      use = read_fault_by_chance(table, faults::Layer::proxy);
  } else {
    use = read_fault(attempt, "proxy", faults::Layer::proxy);
  }
  if (!use) return std::nullopt;
  return Placed<faults::Use>{*std::move(use), attempt.place_of("proxy")};
}

}  // namespace halfopen::scenario
