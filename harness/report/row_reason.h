// Why a row of the matrix is no pass: one line for each scenario that failed.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "report/report.h"

namespace halfopen::report {

/// Points into the results that it was made of.
class RowReasons {
 public:
  /// `titles`: what each of the clients is called at the head of its column.
  RowReasons(const std::vector<Result>& results, const std::vector<std::string>& clients,
             const std::vector<std::string>& titles);

  /// "  reference crashes: client: expected …, seen …", cut to the width, and a newline: of the
  /// cause that explains most (causes()), which clients show it, and one failure of it; how many
  /// others fail for another one, too. Where no run failed and one could not be carried out: why
  /// not.
  /// "" for any other scenario.
  [[nodiscard]] std::string of(const std::string& scenario, const Style& style) const;

 private:
  std::vector<std::string> clients_;
  std::vector<std::string> titles_;
  std::map<std::string, std::vector<const Result*>> bad_;  ///< By scenario.
};

}  // namespace halfopen::report
