// The catalogue of what can go wrong (catalogue.toml), and for each of its rows the four proofs:
// the fault or key that does it, the scenarios that use it, the mutants that must fail these, and
// the outsiders who name it on the wire.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "scenario/scenario.h"
#include "support/outsiders.h"

namespace halfopen::tests {

struct CatalogueRow {
  int line = 0;
  std::string section;  ///< "Frames".
  std::string row;      ///< What goes wrong, in a few words.
  std::vector<std::string> faults;
  std::vector<std::string> keys;  ///< "handshake.status": the section and the key.
  std::vector<std::string> scenarios;
};

using Names = std::set<std::string>;

/// A row with what proves it.
struct Proof {
  CatalogueRow row;
  Names scenarios;
  Names mutants;
  Names outsiders;
};

/// All that proofs are made of, as the tree has it.
struct Evidence {
  std::vector<CatalogueRow> catalogue;
  std::vector<scenario::Scenario> scenarios;
  std::vector<Outsider> outsiders;
};

/// Throws Error with each mistake in the files.
[[nodiscard]] Evidence load_evidence();
[[nodiscard]] std::vector<Proof> proofs(const Evidence& evidence);
/// "drop/reset".
[[nodiscard]] std::string name_of(const faults::Fault& fault);
/// The page, in Markdown: scenarios/PROOFS.md.
[[nodiscard]] std::string proofs_page(const Evidence& evidence);

}  // namespace halfopen::tests
