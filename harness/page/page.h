// The report that people look at: one HTML file with everything in it, which opens without a
// network. What clients and servers have said is text in it, and never markup (the file's Content
// Security Policy allows its own script and style, by their hashes, and nothing else).
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/output_file.h"
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

/// Makes the file as runs end. Each of them is written at once: the drawings of thousands would
/// take hundreds of megabytes.
class Page {
 public:
  /// Begins the file. `to` takes it, piece by piece.
  Page(std::size_t runs, TextSink to);

  /// To be called while the result has its events; `index`: its place among the results.
  void add(std::size_t index, const report::Result& result);
  /// Ends the file. Throws Error where the baseline is no report.
  void finish(const std::vector<report::Result>& results, const Options& options);

 private:
  Detail detail_;
  TextSink to_;
  std::map<std::string, std::string> scenarios_;  ///< Their texts, by hash.
};

}  // namespace halfopen::page
