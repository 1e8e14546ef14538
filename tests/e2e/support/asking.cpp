#include "support/asking.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <list>
#include <map>

#include "support/machine.h"
#include "support/program.h"
#include "support/skip.h"

namespace halfopen::e2e {

using tests::Outsider;
using tests::Row;

std::string name_of(const Row& row) { return fmt::format("line-{}", row.line); }

namespace {

/// Side by side on a busy machine, the slowest may take this long.
constexpr std::chrono::seconds patience{240};

bool is_captured(const Row& row) { return !row.filter.empty(); }

/// What is expected of the client. Where a capture is asked afterwards, it has only to be made.
std::string expectations(const Outsider& outsider, const Row& row) {
  if (is_captured(row)) return "client = { exit = 0 }\n";
  std::string text;
  if (!outsider.waive.empty())
    text += fmt::format("waive = [\"{}\"]\n", fmt::join(outsider.waive, "\", \""));
  if (row.layer() == "tls") text += "opens = 0\n";
  if (!row.alert.empty()) text += fmt::format("tls_alert = \"{}\"\n", row.alert);
  std::vector<std::string> client;
  if (row.exit) client.push_back(fmt::format("exit = {}", *row.exit));
  if (!row.says.empty()) client.push_back(fmt::format("output = '{}'", row.says));
  return text + fmt::format("client = {{ {} }}\n", fmt::join(client, ", "));
}

std::string scenario(const Outsider& outsider, Row row) {
  if (is_captured(row)) row.server += fmt::format("\nhost = \"{}.test\"", name_of(row));
  return scenario_of(row, expectations(outsider, row));
}

/// Rows that one run of halfopen can show side by side: the same client over the same link.
struct Batch {
  std::string command;
  std::string over;
  bool strict = true;  ///< What the client should do counts, where it is the outsider.
  std::vector<std::string> files;

  [[nodiscard]] std::vector<std::string> arguments() const {
    std::vector<std::string> words{"run"};
    words.insert(words.end(), files.begin(), files.end());
    words.insert(words.end(), {"--link", over, "--client", command, "--can", "proxy,protocols"});
    words.emplace_back("--may-capture");  // dumpcap
    if (strict) words.emplace_back("--strict");
    return words;
  }
};

std::vector<Batch> batches(const Outsider& outsider, const Scratch& scratch) {
  const bool packets = has_packet_link();
  std::map<std::pair<std::string, std::string>, Batch> found;
  for (const Row& row : outsider.rows) {
    if (row.over == "packet" && !packets) continue;
    const std::string command =
        tests::filled(command_for(outsider, row), "{captures}", scratch.path());
    Batch& batch = found[{command, row.over}];
    batch.command = command;
    batch.over = row.over;
    batch.strict = !is_captured(row);
    batch.files.push_back(scratch.write(name_of(row) + ".toml", scenario(outsider, row)));
  }
  std::vector<Batch> all;
  for (auto& [key, batch] : found) all.push_back(std::move(batch));
  return all;
}

/// What halfopen was too late to judge on a busy machine is shown once more, alone.
void check_alone(Batch batch, const std::string& file) {
  batch.files = {file};
  std::vector<std::string> words = batch.arguments();
  words.emplace_back("--require-all");
  const Ended ended = run_halfopen(words);
  INFO(ended.whole());
  CHECK(ended.code == 0);
}

void check(const Batch& batch, const nlohmann::json& report, const std::string& file) {
  INFO(file << "\n" << batch.command << "\n" << report.dump(2));
  CHECK(report["runs"].size() == batch.files.size());
  for (const nlohmann::json& run : report["runs"]) {
    INFO(run.dump(2));
    if (run["outcome"] == "inconclusive")
      check_alone(batch, run["file"]);
    else
      CHECK(run["outcome"] == "pass");
  }
}

}  // namespace

bool is_installed(const Outsider& outsider) {
  const Ended ended =
      run_program({.arguments = {"-c", "command -v " + outsider.program}, .program = "/bin/sh"});
  if (ended.code == 0) return true;
  tests::skip(outsider.program + " is not installed (Debian: " + outsider.package + ")");
  return false;
}

void show(const Outsider& outsider, const Scratch& scratch) {
  const std::vector<Batch> all = batches(outsider, scratch);
  std::list<Program> running;
  for (std::size_t i = 0; i < all.size(); ++i) {
    Start start{.arguments = all[i].arguments()};
    start.arguments.insert(start.arguments.end(),
                           {"--json", scratch.path(fmt::format("report-{}.json", i))});
    running.emplace_back(start);
  }
  std::size_t i = 0;
  for (Program& program : running) {
    const Ended ended = program.wait(patience);
    INFO(all[i].command << "\n" << ended.whole());
    REQUIRE(ended.in_time);
    check(all[i], scratch.json(fmt::format("report-{}.json", i)), outsider.file);
    ++i;
  }
}

void ask(const Outsider& outsider) {
  if (!is_installed(outsider)) return;
  const Scratch scratch;
  show(outsider, scratch);
}

}  // namespace halfopen::e2e
