// [server], but for its proxy and its places, and [page].
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

constexpr std::size_t longest_host = 253;  // RFC 1035, section 3.1

std::optional<std::string> as_host(const Node& node, const KeySite& at) {
  auto host = as_text(node, at);
  if (!host) return std::nullopt;
  const bool good = !host->empty() && host->size() <= longest_host && host->front() != '-' &&
                    std::all_of(host->begin(), host->end(), [](unsigned char c) {
                      return std::isalnum(c) != 0 || c == '-' || c == '.';
                    });
  if (!good)
    return at.problem(node, fmt::format("`{}` is not a host name, like \"server.test\"", *host));
  return host;
}

std::optional<std::string> as_path(const Node& node, const KeySite& at) {
  auto path = as_text(node, at);
  if (!path) return std::nullopt;
  const bool good = path->starts_with('/') && std::all_of(path->begin(), path->end(), [](char c) {
                      return c > ' ' && c < 0x7f && c != '#';
                    });
  if (!good)
    return at.problem(node, fmt::format("`{}` is not a path: it starts with / and has no blanks, "
                                        "like \"/socket?room=1\"",
                                        *path));
  return path;
}

/// Tokens, and none of them twice (RFC 6455, section 4.1, item 10 of the request).
std::optional<std::vector<std::string>> as_protocols(const Node& node, const KeySite& at) {
  const auto* array = node.get<Node::Array>();
  if (array == nullptr) return at.wrong_type(node);
  if (array->empty())
    return at.problem(node, "an empty list offers nothing: leave it out, or name a subprotocol");
  std::vector<std::string> protocols;
  for (const Node& item : *array) {
    const auto* name = item.get<std::string>();
    if (name == nullptr)
      at.wrong_type(item);
    else if (!is_token(*name))
      at.problem(item,
                 fmt::format("`{}` is no token, as a subprotocol must be: letters, digits and "
                             "any of !#$%&'*+-.^_`|~, like \"chat.v1\"",
                             printable(as_bytes(*name))));
    else if (std::find(protocols.begin(), protocols.end(), *name) != protocols.end())
      at.problem(item, fmt::format("`{}` is offered twice: name it once", *name));
    else
      protocols.push_back(*name);
  }
  return protocols;
}

std::optional<DeflatePolicy> as_deflate_policy(const Node& node, const KeySite& at) {
  if (const auto* accepted = node.get<bool>())
    return *accepted ? DeflatePolicy::accepted : DeflatePolicy::declined;
  const auto* word = node.get<std::string>();
  if (word != nullptr && *word == "required") return DeflatePolicy::required;
  return at.wrong_type(node);
}

const Form<std::string> host_name{"a host name", shape::Text{}, as_host};
const Form<std::string> path{"a path", shape::Text{}, as_path};
const Form<std::vector<std::string>> protocols{"an array of tokens", shape::Made{tokens_schema},
                                               as_protocols};
const auto addresses = form::one_of<Addresses>(
    {{"ipv4", Addresses::ipv4}, {"ipv6", Addresses::ipv6}, {"both", Addresses::both}},
    "choice of addresses");
const Form<DeflatePolicy> deflate{"true, false or \"required\"",
                                  shape::Either{{shape::Flag{}, shape::Words{{"required"}}}},
                                  as_deflate_policy};
const auto scheme = form::one_of<bool>({{"http", false}, {"https", true}}, "scheme");

}  // namespace

const SectionOf<Server> sections::server{
    "[server]",
    {{"tls", form::flag, "true", &Server::tls},
     {"host", host_name, "\"server.test\"", &Server::host},
     {"addresses", addresses, "\"ipv6\"", &Server::addresses},
     {"path", path, "\"/socket\"", &Server::path},
     {"proxy", form::server_proxy(), "\"http\"", &Server::proxy},
     {"protocols", protocols, "[\"chat.v1\", \"chat.v2\"]", &Server::protocols},
     {"deflate", deflate, "false", &Server::deflate},
     {"connections", form::connections(), "2", &Server::connections}}};

const SectionOf<Page> sections::page{
    "[page]",
    {{"scheme", scheme, "\"https\"", &Page::https},
     {"html", form::text, "\"<script src='app.js'></script>\"", &Page::html}}};

Form<Page> form::page() {
  Form<Page> form = table(sections::page);
  form.read = [read = form.read](const Node& node, const KeySite& at) {
    auto page = read(node, at);
    if (page) page->required = true;
    return page;
  };
  return form;
}

}  // namespace halfopen::scenario
