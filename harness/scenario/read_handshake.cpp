// `handshake = …` of an attempt.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

std::optional<int> as_status(const Node& node, const KeySite& at) {
  constexpr int switching_protocols = 101;
  const auto status = as_whole{100, 599}(node, at);
  if (status == switching_protocols)
    return at.problem(node, "101 is the correct answer: leave it out");
  return status;
}

using Headers = std::vector<std::pair<std::string, std::string>>;

std::optional<Headers> as_headers(const Node& node, const KeySite& at) {
  const auto* entries = node.get<Node::Table>();
  if (entries == nullptr) return at.wrong_type(node);
  Headers headers;
  for (const Entry& entry : *entries) {
    const auto* value = entry.value.get<std::string>();
    if (value == nullptr) {
      at.wrong_type(entry.value);
    } else if (!is_token(entry.key) ||  // RFC 9110, section 5.1
               value->find_first_of("\r\n") != std::string::npos) {
      at.problems.add(entry.place,
                      fmt::format("the header `{}` is no legal header: write the whole answer "
                                  "with `raw` to send one all the same",
                                  printable(as_bytes(entry.key))));
    } else {
      headers.emplace_back(entry.key, *value);
    }
  }
  return headers;
}

const Form<int> status = form::status(as_status);
const Form<Headers> headers{"a table of strings", shape::AnyTable{{shape::Text{}}}, as_headers};

/// What writes the answer: a fault does so itself, but for what it takes as its parameters.
void read_answer(const TableReader& table, Handshake& handshake) {
  if (!table.has("fault")) {
    sections::handshake.read(table, handshake);
    if (table.has("raw"))
      table.refuse({"status", "reason", "headers", "body", "protocol"},
                   "cannot stand beside `raw`, which is the whole answer");
    return;
  }
  handshake.fault = read_fault(table, "fault", faults::Layer::handshake);
  const auto takes = [&](std::string_view key) {
    return handshake.fault && handshake.fault->arguments.count(key) > 0;
  };
  const std::vector<std::string_view> written{"status", "reason", "body", "raw"};
  for (const std::string_view key : written)
    if (!takes(key))
      table.refuse({key}, "cannot stand beside `fault`: the fault writes the answer itself");
  std::vector<std::string_view> except = written;
  for (const std::string_view key : {"delay", "drip", "protocol"})
    if (takes(key)) except.push_back(key);
  sections::handshake.read(table, handshake, except);
}

Handshake read_table(const Node::Table& keys, Place place, Problems& problems) {
  const Entry* fault = find(keys, "fault");
  const TableReader table(
      keys, place, sections::handshake, problems,
      parameter_keys(faults::Layer::handshake, fault == nullptr ? nullptr : &fault->value));
  Handshake handshake;
  read_answer(table, handshake);
  if (keys.empty() || (keys.size() == 1 && table.has("chance")))
    problems.add(place, "an empty `handshake` says nothing: leave it out");
  return handshake;
}

/// A string: the name of a fault, or "never".
Handshake read_word(const Node& node, const std::string& word, const KeySite& at) {
  Handshake handshake;
  if (word == "never") {
    handshake.never = true;
    return handshake;
  }
  const bool any_fault =
      std::any_of(faults::layers.begin(), faults::layers.end(),
                  [&](faults::Layer layer) { return faults::find(layer, word) != nullptr; });
  if (any_fault) {  // of another layer: the complaint says so
    handshake.fault = as_fault(node, at, faults::Layer::handshake);
  } else if (!word.empty() && word.find_first_not_of("0123456789") == std::string::npos) {
    at.problem(node, "a status stands without quotes: handshake = " + word);
  } else {
    std::vector<std::string> words = faults::names(faults::Layer::handshake);
    words.emplace_back("never");
    (void)as_word{std::move(words), "handshake fault"}(node, at);
  }
  return handshake;
}

std::optional<Handshake> as_handshake(const Node& node, const KeySite& at) {
  if (const auto* keys = node.get<Node::Table>()) return read_table(*keys, node.place, at.problems);
  if (const auto* word = node.get<std::string>()) return read_word(node, *word, at);
  if (node.get<std::int64_t>() == nullptr) return at.wrong_type(node);
  Handshake handshake;
  handshake.status = as_status(node, at);
  return handshake;
}

}  // namespace

const SectionOf<Handshake> sections::handshake{
    "handshake",
    {Key{"fault", "the name of a handshake fault", "\"wrong-accept\"",
         shape::FaultName{faults::Layer::handshake}},
     {"status", status, "503", &Handshake::status},
     {"reason", form::text, "\"Service Unavailable\"", &Handshake::reason},
     {"headers", headers, "{ Retry-After = \"20\" }", &Handshake::headers},
     {"body", form::text, "\"<h1>Log in</h1>\"", &Handshake::body},
     {"raw", form::text, "\"SSH-2.0-OpenSSH_9.2\\r\\n\"", &Handshake::raw},
     {"delay", form::duration, "\"3s\"", &Handshake::delay},
     {"drip", form::duration, "\"100ms\"", &Handshake::drip},
     {"protocol", form::text, "\"graphql-ws\"", &Handshake::protocol},
     {"auth", form::auth(), "{ token = \"T2\" }", &Handshake::auth},
     {"origin", form::texts, "[\"https://app.test\"]", &Handshake::origins},
     {"chance", form::share, "\"30%\"", &Handshake::chance}}};

Form<Handshake> form::handshake() {
  return {"a fault, a status, \"never\" or a table", shape::Made{handshake_schema}, as_handshake};
}

}  // namespace halfopen::scenario
