// `tls_alert = …` of [expect].
#include <fmt/format.h>

#include "crypto/alert.h"
#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

std::optional<std::string> as_alert(const Node& node, const KeySite& at) {
  auto name = as_text(node, at);
  if (!name) return std::nullopt;
  if (crypto::alert_number(*name)) return name;
  return at.problem(node, fmt::format("there is no TLS alert `{}`{} (RFC 8446, section 6; one "
                                      "without a name is \"alert-NUMBER\")",
                                      printable(as_bytes(*name), 40),
                                      did_you_mean(*name, crypto::alert_names())));
}

std::optional<std::vector<std::string>> as_alerts(const Node& node, const KeySite& at) {
  std::vector<std::string> alerts;
  const auto* array = node.get<Node::Array>();
  if (array == nullptr) {
    if (node.get<std::string>() == nullptr) return at.wrong_type(node);
    auto alert = as_alert(node, at);
    if (!alert) return std::nullopt;
    return std::vector{*std::move(alert)};
  }
  if (array->empty()) return at.wrong_type(node);
  for (const Node& item : *array)
    if (auto alert = as_alert(item, at)) alerts.push_back(*std::move(alert));
  return alerts;
}

}  // namespace

Form<std::vector<std::string>> form::tls_alert() {
  return {"the name of a TLS alert or an array of them",
          shape::one_or_more(shape::Words{crypto::alert_names()}), as_alerts};
}

}  // namespace halfopen::scenario
