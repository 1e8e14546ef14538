#include "scenario/loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "scenario/checks.h"
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

void read_server(const TableReader& root, Server& server) {
  const Node::Table* keys = root.table("server");
  if (keys == nullptr) return;
  const TableReader table(*keys, root.node("server")->place, sections::server, root.problems());
  table.into(server.tls, "tls", as_flag);
  table.into(server.host, "host", as_host);
  if (const auto addresses =
          table.read("addresses", as_word{{"ipv4", "ipv6", "both"}, "choice of addresses"}))
    server.addresses = static_cast<Addresses>(*addresses);
  table.into(server.path, "path", as_path);
  server.proxy = read_server_proxy(table);
  table.into(server.protocols, "protocols", as_protocols);
  table.into(server.deflate, "deflate", as_deflate_policy);
  server.connections = read_connections(table);
}

void read_page(const TableReader& root, Page& page) {
  const Node::Table* keys = root.table("page");
  if (keys == nullptr) return;
  const TableReader table(*keys, root.node("page")->place, sections::page, root.problems());
  page.required = true;
  if (const auto scheme = table.read("scheme", as_word{{"http", "https"}, "scheme"}))
    page.https = *scheme == 1;
  table.into(page.html, "html", as_text);
}

void read_kernel(const TableReader& root, std::map<std::string, int>& kernel) {
  constexpr int highest = 2'000'000'000;
  const Node::Table* keys = root.table("kernel");
  if (keys == nullptr) return;
  const TableReader table(*keys, root.node("kernel")->place, sections::kernel, root.problems());
  for (const Key& key : sections::kernel.keys)
    if (const auto value = table.read(key.name, as_whole{0, highest}))
      kernel.emplace(key.name, *value);
}

/// Whether the key is there under a name that is nearly its own, which is reported as unknown.
bool is_misspelt(const TableReader& table, const std::string& key) {
  const std::vector<std::string> candidates{key};
  return std::any_of(table.raw().begin(), table.raw().end(),
                     [&](const Entry& entry) { return !nearest(entry.key, candidates).empty(); });
}

void read_about(const TableReader& root, std::string& about) {
  root.into(about, "about", as_text);
  const Node* node = root.node("about");
  const bool blank = about.find_first_not_of(" \t\r\n") == std::string::npos;
  if (node == nullptr && !is_misspelt(root, "about"))
    root.problems().add({1, 1},
                        "`about` is missing: say in one sentence what happens, like about = \"…\"");
  else if (node != nullptr && blank && node->get<std::string>() != nullptr)
    root.site("about").problem(*node, "say in one sentence what happens");
}

Scenario read_scenario(const TableReader& root) {
  Scenario scenario;
  read_about(root, scenario.about);
  root.into(scenario.tags, "tags", as_texts);
  root.into(scenario.mutants, "mutants", as_texts);
  read_server(root, scenario.server);
  read_page(root, scenario.page);
  if (const Node::Table* keys = root.table("link"))
    scenario.link =
        read_link(TableReader(*keys, root.node("link")->place, sections::link, root.problems()));
  read_kernel(root, scenario.kernel);
  scenario.attempts = read_attempts(root, scenario.link);
  scenario.at = read_at(root, scenario.link);
  scenario.when = read_when(root, scenario.link);
  scenario.expect = read_expect(root);
  return scenario;
}

/// The last folder and the file: "tests/cases/reset.toml" is "cases/reset.toml". Of the path alone,
/// because the coins of a scenario fall by its name.
std::string tail_of(const std::string& path) {
  const std::size_t file = path.rfind('/');
  if (file == std::string::npos || file == 0) return path.substr(file == 0 ? 1 : 0);
  const std::size_t folder = path.rfind('/', file - 1);
  const std::string tail = path.substr(folder == std::string::npos ? 0 : folder + 1);
  return tail.starts_with("./") || tail.starts_with("../") ? path.substr(file + 1) : tail;
}

}  // namespace

Loaded<Scenario> load_scenario(std::string_view text, const std::string& file) {
  Problems problems(file);
  const auto document = parse_document(text);
  if (const auto* mistake = std::get_if<SyntaxError>(&document)) {
    problems.add(mistake->place, mistake->message);
    return {std::nullopt, problems.take()};
  }
  const Node& node = std::get<Node>(document);
  const TableReader root(*node.get<Node::Table>(), {1, 1}, sections::scenario, problems);
  Scenario scenario = read_scenario(root);
  scenario.name = scenario_name(file);
  scenario.file = file;
  scenario.text = text;
  check_story(scenario, problems);
  check_expectations(scenario, root.place_of("expect"), problems);
  if (!problems.none()) return {std::nullopt, problems.take()};
  return {std::move(scenario), {}};
}

std::string scenario_name(const std::string& file) {
  constexpr std::string_view folder = "scenarios/";
  std::string name = file;
  for (std::size_t at = name.rfind(folder); at != std::string::npos;
       at = at == 0 ? std::string::npos : name.rfind(folder, at - 1))
    if (at == 0 || name[at - 1] == '/') {
      name.erase(0, at + folder.size());
      break;
    }
  if (name == file) name = tail_of(name);
  if (name.ends_with(".toml")) name.erase(name.size() - 5);
  return name;
}

}  // namespace halfopen::scenario
