// Tests whose cases are data: TOML files that are read as strictly as scenarios are.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/table_reader.h"

namespace halfopen::tests {

/// Lets `read` read the root table of a file. Throws Error with all mistakes that were found, each
/// with its place.
void read_data_file(const std::string& file, const scenario::Section& section,
                    const std::function<void(const scenario::TableReader&)>& read);

/// The tables of the array behind that key; none if it is left out.
[[nodiscard]] std::vector<scenario::TableReader> tables_of(const scenario::TableReader& table,
                                                           std::string_view key,
                                                           const scenario::Section& section);

}  // namespace halfopen::tests
