// The subcommands of `halfopen`, one file each. Each adds itself to the application and, when it
// is chosen, stores the exit code.
#pragma once

namespace CLI {
class App;
}

namespace halfopen::cli {

/// Exit codes (README, "Exit codes").
enum ExitCode : int {
  all_passed = 0,
  some_failed = 1,
  usage = 2,
  bad_scenario = 3,
  undecided = 4,  ///< Only with --require-all.
  internal = 5,
};

void add_run(CLI::App& app, int& exit_code);
void add_mutants(CLI::App& app, int& exit_code);
void add_check(CLI::App& app, int& exit_code);
void add_list(CLI::App& app, int& exit_code);
void add_explain(CLI::App& app, int& exit_code);
void add_faults(CLI::App& app, int& exit_code);
void add_schema(CLI::App& app, int& exit_code);
void add_judge(CLI::App& app, int& exit_code);

}  // namespace halfopen::cli
