// The report that people look at: one HTML file with everything in it, which opens without a
// network. What clients and servers have said is text in it, and never markup (the file's Content
// Security Policy allows its own script and style, by their hashes, and nothing else).
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "page/drawing.h"
#include "report/deviations.h"
#include "report/report.h"

namespace halfopen::page {

/// What a client says of itself, in its client.toml.
struct ClientCard {
  std::string about;
  std::map<std::string, std::string> policy;  ///< As it is documented.
};

struct Options {
  std::map<std::string, ClientCard> clients;   ///< By name.
  std::optional<report::KnownByClient> known;  ///< Where it is known what is expected.
  std::string baseline;                        ///< A JSON report of an earlier run; "" for none.
};

/// Collects runs as they end, and makes the file.
class Page {
 public:
  explicit Page(std::size_t runs) : detail_(detail_for(runs)) {}

  /// To be called while the result has its events; `index`: its place among the results.
  void add(std::size_t index, const report::Result& result);
  /// Throws Error where the baseline is no report.
  [[nodiscard]] std::string html(const std::vector<report::Result>& results,
                                 const Options& options) const;

 private:
  struct Kept {
    std::string drawing;
    std::string scenario;  ///< Its text, and that of its parts.
  };
  Detail detail_;
  std::map<std::size_t, Kept> kept_;
};

}  // namespace halfopen::page
