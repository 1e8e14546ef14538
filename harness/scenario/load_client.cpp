// client.toml
#include <fmt/format.h>

#include <algorithm>

#include "scenario/loader.h"
#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

constexpr int heaviest = 64;

void read_policy(const TableReader& root, Client& client) {
  const Node::Table* keys = root.table("policy");
  if (keys == nullptr) return;
  const TableReader table(*keys, root.node("policy")->place, sections::client_policy,
                          root.problems());
  for (const Key& key : sections::client_policy.keys) {
    const Node* node = table.node(key.name);
    if (node == nullptr) continue;
    if (const auto* text = node->get<std::string>())
      client.policy.emplace(key.name, *text);
    else if (const auto* integer = node->get<std::int64_t>())
      client.policy.emplace(key.name, std::to_string(*integer));
    else if (const auto* number = node->get<double>())
      client.policy.emplace(key.name, fmt::format("{}", *number));
    else
      table.site(key.name).wrong_type(*node);
  }
}

void read_variants(const TableReader& root, Client& client) {
  const Node::Table* variants = root.table("variants");
  if (variants == nullptr) return;
  for (const Entry& entry : *variants) {
    const auto* keys = entry.value.get<Node::Table>();
    if (keys == nullptr) {
      root.problems().add(entry.value.place,
                          fmt::format("the variant `{}` must be a table, like {} = {{ about = "
                                      "\"…\", arguments = [] }}; found {}",
                                      entry.key, entry.key, name_of(entry.value)));
      continue;
    }
    const TableReader table(*keys, entry.value.place, sections::client_variant, root.problems());
    Variant variant;
    table.into(variant.about, "about", as_text);
    table.into(variant.arguments, "arguments", as_texts);
    client.variants.emplace(entry.key, std::move(variant));
  }
}

void check_can(const TableReader& root, const Client& client) {
  const auto* list = root.node("can") == nullptr ? nullptr : root.node("can")->get<Node::Array>();
  if (list == nullptr) return;
  for (std::size_t i = 0; i < client.can.size() && i < list->size(); ++i) {
    if (const std::string problem = ability_problem(client.can[i]); !problem.empty())
      root.site("can").problem((*list)[i], problem);
  }
}

/// Most clients that are tested do, so whoever does not says so.
void read_reconnects(const TableReader& root, Client& client) {
  bool reconnects = true;
  root.into(reconnects, "reconnects", as_flag);
  const bool listed =
      std::find(client.can.begin(), client.can.end(), "reconnects") != client.can.end();
  if (reconnects && !listed) client.can.emplace_back("reconnects");
  if (!reconnects && listed)
    root.site("reconnects").problem(*root.node("reconnects"), "`can` says that it does");
}

/// "{uri}" is nothing that is filled in. Braces around anything but a word are the client's own.
void check_placeholders(const TableReader& root, const Client& client) {
  for (const std::string& word : client.command)
    if (const std::string problem = placeholder_problem(word); !problem.empty())
      root.site("command").problem(*root.node("command"), problem);
}

Client read_client(const TableReader& root) {
  Client client;
  root.into(client.name, "name", as_text);
  root.into(client.about, "about", as_text);
  root.into(client.command, "command", as_texts);
  root.into(client.install, "install", as_texts);
  root.into(client.installed, "installed", as_text);
  root.into(client.needs, "needs", as_texts);
  root.into(client.can, "can", as_texts);
  root.into(client.page, "page", as_text);
  root.into(client.weight, "weight", as_whole{1, heaviest});
  read_policy(root, client);
  read_variants(root, client);
  check_can(root, client);
  read_reconnects(root, client);
  check_placeholders(root, client);
  const auto command = root.node("command");
  if (command == nullptr)
    root.problems().add({1, 1},
                        "`command` is missing: say how the client is started, like "
                        "command = [\"node\", \"client.mjs\", \"{url}\"]");
  else if (client.command.empty() && command->get<Node::Array>() != nullptr)
    root.site("command").problem(*command, "an empty command starts nothing");
  return client;
}

std::string folder_of(const std::string& file) {
  const std::size_t slash = file.rfind('/');
  if (slash == std::string::npos) return "";
  return slash == 0 ? "/" : file.substr(0, slash);
}

/// The last part of a path.
std::string base_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

Loaded<Client> load_client(std::string_view text, const std::string& file) {
  Problems problems(file);
  const auto document = parse_document(text);
  if (const auto* mistake = std::get_if<SyntaxError>(&document)) {
    problems.add(mistake->place, mistake->message);
    return {std::nullopt, problems.take()};
  }
  const Node& node = std::get<Node>(document);
  Client client =
      read_client(TableReader(*node.get<Node::Table>(), {1, 1}, sections::client, problems));
  client.directory = folder_of(file);
  if (client.name.empty())
    client.name = base_name(client.directory.empty() ? file : client.directory);
  if (!problems.none()) return {std::nullopt, problems.take()};
  return {std::move(client), {}};
}

std::string placeholder_problem(std::string_view word) {
  static const std::vector<std::string> known{"url",  "host", "port", "proxy", "protocols",
                                              "page", "ca",   "seed", "bin"};
  for (std::size_t open = word.find('{'); open != std::string_view::npos;
       open = word.find('{', open + 1)) {
    const std::size_t close = word.find('}', open);
    if (close == std::string_view::npos) return "";
    const std::string name(word.substr(open + 1, close - open - 1));
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    if (const std::string meant = nearest(name, known); !meant.empty())
      return fmt::format("nothing is filled in for {{{}}}; did you mean {{{}}}?", name, meant);
  }
  return "";
}

std::string ability_problem(const std::string& word) {
  static const std::vector<std::string> usual{"reports",    "page",      "proxy",    "protocols",
                                              "reconnects", "gave-up",   "send",     "close",
                                              "connect",    "reconnect", "subscribe"};
  if (std::find(usual.begin(), usual.end(), word) != usual.end()) return "";
  const std::string hint = did_you_mean(word, usual);
  return hint.empty() ? "" : fmt::format("unknown ability `{}`{}", word, hint);
}

Client client_from_command(const std::vector<std::string>& words) {
  Client client;
  client.command = words;
  client.bare = true;
  client.can = {"reconnects"};
  client.name = words.empty() ? "" : base_name(words.front());
  return client;
}

}  // namespace halfopen::scenario
