#include "support/data_file.h"

#include "base/error.h"
#include "scenario/files.h"

namespace halfopen::tests {

void read_data_file(const std::string& file, const scenario::Section& section,
                    const std::function<void(const scenario::TableReader&)>& read) {
  const std::string text = scenario::read_file(file);
  scenario::Problems problems(file);
  const auto document = scenario::parse_document(text);
  if (const auto* mistake = std::get_if<scenario::SyntaxError>(&document)) {
    problems.add(mistake->place, mistake->message);
  } else {
    const scenario::Node& root = std::get<scenario::Node>(document);
    read(scenario::TableReader(*root.get<scenario::Node::Table>(), root.place, section, problems));
  }
  std::string mistakes;
  for (const Diagnostic& each : problems.take()) mistakes += "\n" + render(each, text);
  if (!mistakes.empty()) throw Error("read " + file, mistakes);
}

std::vector<scenario::TableReader> tables_of(const scenario::TableReader& table,
                                             std::string_view key,
                                             const scenario::Section& section) {
  std::vector<scenario::TableReader> tables;
  const scenario::Node::Array* const array = table.array(key);
  if (array == nullptr) return tables;
  for (const scenario::Node& each : *array)
    if (const auto* keys = each.get<scenario::Node::Table>())
      tables.emplace_back(*keys, each.place, section, table.problems());
    else
      table.problems().add(each.place, "every [[" + std::string(key) + "]] is a table");
  return tables;
}

}  // namespace halfopen::tests
