// --rerun-failed: the runs of an earlier JSON report that are worth another try.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "scenario/client.h"
#include "scenario/scenario.h"

namespace halfopen::cli {

struct EarlierRun {
  std::string scenario;
  std::string file;
  std::string client;
  std::string client_given;  ///< As --client had it; "" in reports of older versions.
  std::uint64_t seed = 0;
  std::vector<std::pair<std::string, std::string>> set{};  ///< By --set.

  [[nodiscard]] bool is(const scenario::Scenario& scenario, const scenario::Client& client) const;
};

/// Those that failed, could not be carried out or stayed undecided. Throws Misuse where the file is
/// no report, or has no such run.
[[nodiscard]] std::vector<EarlierRun> failed_in(const std::string& report);

/// What --set had for them: NAME=VALUE. Throws Misuse where they do not agree.
[[nodiscard]] std::vector<std::string> settings_of(const std::vector<EarlierRun>& runs);
/// Their files and clients, each once.
[[nodiscard]] std::vector<std::string> scenarios_of(const std::vector<EarlierRun>& runs);
/// Throws Misuse where an older report does not say what its clients were.
[[nodiscard]] std::vector<std::string> clients_of(const std::vector<EarlierRun>& runs);

}  // namespace halfopen::cli
