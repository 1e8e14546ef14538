// `handshake = …` of an attempt.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

constexpr int first_status = 100;
constexpr int last_status = 599;
constexpr int switching_protocols = 101;

std::optional<int> as_status(const Node& node, const KeySite& at) {
  const auto status = as_whole{first_status, last_status}(node, at);
  if (status == switching_protocols)
    return at.problem(node, "101 is the correct answer: leave it out");
  return status;
}

void read_headers(const TableReader& table, Handshake& handshake) {
  const Node::Table* headers = table.table("headers");
  if (headers == nullptr) return;
  for (const Entry& entry : *headers) {
    const auto* value = entry.value.get<std::string>();
    if (value == nullptr) {
      table.site("headers").wrong_type(entry.value);
    } else if (!is_token(entry.key) ||  // RFC 9110, section 5.1
               value->find_first_of("\r\n") != std::string::npos) {
      table.problems().add(entry.place,
                           fmt::format("the header `{}` is no legal header: write the whole "
                                       "answer with `raw` to send one all the same",
                                       printable(as_bytes(entry.key))));
    } else {
      handshake.headers.emplace_back(entry.key, *value);
    }
  }
}

Handshake read_table(const Node::Table& keys, Place place, Problems& problems) {
  const Entry* fault = find(keys, "fault");
  const TableReader table(
      keys, place, sections::handshake, problems,
      parameter_keys(faults::Layer::handshake, fault == nullptr ? nullptr : &fault->value));
  Handshake handshake;
  if (fault != nullptr) {
    handshake.fault = read_fault(table, "fault", faults::Layer::handshake);
    for (const std::string_view key : {"status", "reason", "body", "raw"})
      if (!handshake.fault || handshake.fault->arguments.count(key) == 0)
        table.refuse({key}, "cannot stand beside `fault`: the fault writes the answer itself");
  } else {
    table.into(handshake.status, "status", as_status);
    table.into(handshake.reason, "reason", as_text);
    table.into(handshake.body, "body", as_text);
    table.into(handshake.raw, "raw", as_text);
  }
  if (fault == nullptr && table.has("raw"))
    table.refuse({"status", "reason", "headers", "body", "protocol"},
                 "cannot stand beside `raw`, which is the whole answer");
  read_headers(table, handshake);
  const auto taken = [&](std::string_view key) {
    return handshake.fault && handshake.fault->arguments.count(key) > 0;
  };
  if (!taken("delay")) table.into(handshake.delay, "delay", as_duration);
  if (!taken("drip")) table.into(handshake.drip, "drip", as_duration);
  if (!taken("protocol")) table.into(handshake.protocol, "protocol", as_text);
  table.into(handshake.auth, "auth", as_auth);
  table.into(handshake.origins, "origin", as_texts);
  table.into(handshake.chance, "chance", as_share);
  if (keys.empty() || (keys.size() == 1 && table.has("chance")))
    problems.add(place, "an empty `handshake` says nothing: leave it out");
  return handshake;
}

/// A string: the name of a fault, or "never".
void read_word(const TableReader& attempt, const std::string& word, Handshake& handshake) {
  if (word == "never") {
    handshake.never = true;
    return;
  }
  const bool any_fault =
      std::any_of(faults::layers.begin(), faults::layers.end(),
                  [&](faults::Layer layer) { return faults::find(layer, word) != nullptr; });
  if (any_fault) {  // of another layer: the complaint says so
    handshake.fault = read_fault(attempt, "handshake", faults::Layer::handshake);
    return;
  }
  if (!word.empty() && word.find_first_not_of("0123456789") == std::string::npos) {
    attempt.site("handshake")
        .problem(*attempt.node("handshake"), "a status stands without quotes: handshake = " + word);
    return;
  }
  std::vector<std::string> words = faults::names(faults::Layer::handshake);
  words.emplace_back("never");
  (void)as_word{std::move(words), "handshake fault"}(*attempt.node("handshake"),
                                                     attempt.site("handshake"));
}

}  // namespace

Handshake read_handshake(const TableReader& attempt) {
  Handshake handshake;
  const Node* node = attempt.node("handshake");
  if (node == nullptr) return handshake;
  if (const auto* keys = node->get<Node::Table>())
    handshake = read_table(*keys, node->place, attempt.problems());
  else if (const auto* word = node->get<std::string>())
    read_word(attempt, *word, handshake);
  else if (node->get<std::int64_t>() != nullptr)
    handshake.status = as_status(*node, attempt.site("handshake"));
  else
    attempt.site("handshake").wrong_type(*node);
  handshake.place = attempt.place_of("handshake");
  return handshake;
}

}  // namespace halfopen::scenario
