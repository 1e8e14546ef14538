// scenarios/PROOFS.md
#include <fmt/format.h>

#include "proofs/catalogue.h"

namespace halfopen::tests {
namespace {

constexpr std::string_view opening =
    "# The proofs\n\n"
    "What can go wrong between a WebSocket client and its server, and for each row: the faults (or "
    "the\n"
    "keys of the scenario language) that do it, the scenarios that use them, the mutants of the "
    "reference\n"
    "client that must fail these scenarios, and the outsiders, who are not part of halfopen and "
    "name on\n"
    "the wire what it did. Made from `tests/proofs/catalogue.toml`, the scenarios' `mutants` and\n"
    "`tests/e2e/outsiders`; a test keeps it so, and fails when a fault or one of the four is "
    "missing.\n";

template <class Names>
std::string listed(const Names& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "`" : ", `") + name + "`";
  return text;
}

std::string means(const CatalogueRow& row) {
  std::vector<std::string> all = row.faults;
  all.insert(all.end(), row.keys.begin(), row.keys.end());
  return listed(all);
}

std::string outsiders_of(const Evidence& evidence) {
  std::string text = "\n## The outsiders\n\n| outsider | what it is | rows |\n|---|---|---|\n";
  for (const Outsider& outsider : evidence.outsiders)
    text +=
        fmt::format("| `{}` | {} | {} |\n", outsider.name, outsider.about, outsider.rows.size());
  return text;
}

}  // namespace

std::string proofs_page(const Evidence& evidence) {
  std::string page(opening);
  std::string section;
  for (const Proof& proof : proofs(evidence)) {
    if (proof.row.section != section) {
      section = proof.row.section;
      page += fmt::format(
          "\n## {}\n\n| what goes wrong | by | scenarios | mutants | outsiders "
          "|\n|---|---|---|---|---|\n",
          section);
    }
    page += fmt::format("| {} | {} | {} | {} | {} |\n", proof.row.row, means(proof.row),
                        listed(proof.scenarios), listed(proof.mutants), listed(proof.outsiders));
  }
  return page + outsiders_of(evidence);
}

}  // namespace halfopen::tests
