// client.toml
#include <fmt/format.h>

#include <algorithm>

#include "scenario/loader.h"
#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

using Policy = std::map<std::string, std::string>;
using Variants = std::map<std::string, Variant>;

/// As it is written.
std::optional<std::string> as_setting(const Node& node, const KeySite& at) {
  if (const auto* text = node.get<std::string>()) return *text;
  if (const auto* integer = node.get<std::int64_t>()) return std::to_string(*integer);
  if (const auto* number = node.get<double>()) return fmt::format("{}", *number);
  return at.wrong_type(node);
}

const Form<std::string> setting{"a string or a number",
                                shape::Either{{shape::Text{}, shape::Number{}}}, as_setting};

std::optional<Policy> as_policy(const Node& node, const KeySite& at) {
  const auto* keys = node.get<Node::Table>();
  if (keys == nullptr) return at.wrong_type(node);
  const TableReader table(*keys, node.place, sections::client_policy, at.problems);
  Policy policy;
  for (const Key& key : sections::client_policy.keys)
    if (auto value = table.read(key.name, setting)) policy.emplace(key.name, *std::move(value));
  return policy;
}

std::optional<Variants> as_variants(const Node& node, const KeySite& at) {
  const auto* entries = node.get<Node::Table>();
  if (entries == nullptr) return at.wrong_type(node);
  Variants variants;
  for (const Entry& entry : *entries)
    if (entry.value.get<Node::Table>() != nullptr)
      variants.emplace(entry.key, *form::table(sections::client_variant)(entry.value, at));
    else
      at.problems.add(entry.value.place,
                      fmt::format("the variant `{}` must be a table, like {} = {{ about = "
                                  "\"…\", arguments = [] }}; found {}",
                                  entry.key, entry.key, name_of(entry.value)));
  return variants;
}

const Form<std::string> a_path{"a path", shape::Text{}, as_text};
const Form<int> weight = form::whole(1, 64);
const Form<Policy> policy{"a table", shape::Table{&sections::client_policy}, as_policy};
const Form<Variants> variants{
    "a table of tables", shape::AnyTable{{shape::Table{&sections::client_variant}}}, as_variants};

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
  const bool reconnects = root.read("reconnects", form::flag).value_or(true);
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
  sections::client.read(root, client);
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

const SectionOf<Client> sections::client{
    "client.toml",
    {{"name", form::text, "\"my-client\"", &Client::name},
     {"about", form::text, "\"the loop of our application\"", &Client::about},
     {"command", form::texts, "[\"node\", \"client.mjs\", \"{url}\"]", &Client::command},
     {"install", form::texts, "[\"npm\", \"ci\"]", &Client::install},
     {"installed", a_path, "\"node_modules\"", &Client::installed},
     {"needs", form::texts, "[\"node\"]", &Client::needs},
     {"can", form::texts, "[\"reports\", \"close\"]", &Client::can},
     {"reconnects", form::flag, "false"},
     {"page", a_path, "\"page.html\"", &Client::page},
     {"weight", weight, "1", &Client::weight},
     {"policy", policy, "{ max = 5 }", &Client::policy},
     {"variants", variants, "{ slow = { about = \"…\", arguments = [] } }", &Client::variants}}};

const Section sections::client_policy{
    "[policy]",
    {key("delays", setting, "\"1s, 2s, 4s\""), key("factor", setting, "2"),
     key("jitter", setting, "\"20%\""), key("cap", setting, "\"10s\""), key("max", setting, "5"),
     key("resets", setting, "\"at every open\""), key("connect-timeout", setting, "\"10s\""),
     key("heartbeat", setting, "\"20s + 20s\""), key("fatal", setting, "\"4400-4499\""),
     key("source", setting, "\"README, 4.4.0\"")}};

const SectionOf<Variant> sections::client_variant{
    "a variant",
    {{"about", form::text, "\"never retries\"", &Variant::about},
     {"arguments", form::texts, "[\"--policy=never-retries\"]", &Variant::arguments}}};

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
