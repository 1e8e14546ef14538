// The program `halfopen`.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "cli/commands.h"

int main(int argc, char** argv) {
  using namespace halfopen::cli;
  CLI::App app{
      "halfopen: replays network failures against WebSocket clients and judges how they "
      "reconnect"};
  app.set_version_flag("--version", "halfopen " HALFOPEN_VERSION);
  app.require_subcommand(1);
  int exit_code = all_passed;
  add_run(app, exit_code);
  add_mutants(app, exit_code);
  add_check(app, exit_code);
  add_list(app, exit_code);
  add_explain(app, exit_code);
  add_faults(app, exit_code);
  add_schema(app, exit_code);
  add_judge(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& mistake) {
    return app.exit(mistake) == 0 ? all_passed : usage;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "halfopen: %s\n", failure.what());
    return internal;
  }
  return exit_code;
}
