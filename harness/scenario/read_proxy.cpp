// `proxy = …` of [server].
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

std::optional<Proxy> as_proxy(const Node& node, const KeySite& at) {
  if (node.get<Node::Table>() != nullptr) return form::table(sections::server_proxy)(node, at);
  const auto kind = as_word{{"http"}, "kind of proxy"}(node, at);
  return kind ? std::optional(Proxy{}) : std::nullopt;
}

const Form<std::string> credentials{"a string", shape::Text{}, as_credentials};

}  // namespace

const SectionOf<Proxy> sections::server_proxy{
    "[server.proxy]", {{"credentials", credentials, "\"user:secret\"", &Proxy::credentials}}};

Form<Proxy> form::server_proxy() {
  return {"\"http\" or a table",
          shape::Either{{shape::Word{"http"}, shape::Table{&sections::server_proxy}}}, as_proxy};
}

}  // namespace halfopen::scenario
