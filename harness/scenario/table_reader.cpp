#include "scenario/table_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace halfopen::scenario {
namespace {

bool is_among(const std::vector<Key>& keys, std::string_view name) {
  return std::any_of(keys.begin(), keys.end(), [&](const Key& key) { return key.name == name; });
}

/// The sections that know the key, for people who put it one table too high or too low.
std::vector<std::string> homes_of(std::string_view name) {
  std::vector<std::string> titles;
  for (const Section* section : scenario_sections())
    if (is_among(section->keys, name)) titles.emplace_back(section->title);
  return titles;
}

/// "; did you mean `x`?", "; it belongs in [server]" or "; its keys are …".
std::string hint_for(std::string_view name, const std::vector<std::string>& known) {
  if (std::string hint = did_you_mean(name, known); !hint.empty()) return hint;
  const auto homes = homes_of(name);
  if (!homes.empty()) return "; it belongs in " + listed(homes);
  return fmt::format("; its keys are {}", fmt::join(known, ", "));
}

}  // namespace

TableReader::TableReader(const Node::Table& table, Place place, const Section& section,
                         Problems& problems, std::vector<Key> more)
    : table_(table), place_(place), section_(section), problems_(problems), more_(std::move(more)) {
  std::vector<std::string> known;
  known.reserve(section_.keys.size());
  for (const Key& key : section_.keys) known.emplace_back(key.name);
  for (const Key& key : more_) known.emplace_back(key.name);
  for (const Entry& entry : table_) {
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
    problems_.add(entry.place, fmt::format("unknown key `{}` in {}{}", entry.key, section_.title,
                                           hint_for(entry.key, known)));
  }
}

const Node* TableReader::node(std::string_view key) const {
  const Entry* entry = find(table_, key);
  return entry == nullptr ? nullptr : &entry->value;
}

bool TableReader::knows(std::string_view key) const {
  return is_among(section_.keys, key) || is_among(more_, key);
}

Place TableReader::place_of(std::string_view key) const {
  const Entry* entry = find(table_, key);
  return entry == nullptr ? place_ : entry->place;
}

KeySite TableReader::site(std::string_view key) const {
  for (const auto* keys : {&more_, &section_.keys})
    for (const Key& known : *keys)
      if (known.name == key) return {known, problems_};
  throw std::logic_error(
      fmt::format("the loader reads `{}` in {}, which is none of its keys", key, section_.title));
}

const Node::Table* TableReader::table(std::string_view key) const {
  const Node* found = node(key);
  if (found == nullptr) return nullptr;
  const auto* table = found->get<Node::Table>();
  if (table == nullptr) site(key).wrong_type(*found);
  return table;
}

const Node::Array* TableReader::array(std::string_view key) const {
  const Node* found = node(key);
  if (found == nullptr) return nullptr;
  const auto* array = found->get<Node::Array>();
  if (array == nullptr) site(key).wrong_type(*found);
  return array;
}

void TableReader::refuse(std::initializer_list<std::string_view> keys, std::string_view why) const {
  for (const std::string_view key : keys)
    if (has(key)) problems_.add(place_of(key), fmt::format("`{}` {}", key, why));
}

}  // namespace halfopen::scenario
