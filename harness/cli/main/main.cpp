// The program `halfopen`.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <sstream>
#include <string>

#include "base/bytes.h"
#include "cli/commands.h"
#include "cli/output.h"

int main(int argc, char** argv) {
  using namespace halfopen::cli;
  open_standard_streams();
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
    std::ostringstream out;
    std::ostringstream err;
    exit_code = app.exit(mistake, out, err) == 0 ? all_passed : usage;
    std::fputs(out.str().c_str(), stdout);
    to_stderr(halfopen::printable_lines(err.str()));
  } catch (const std::exception& failure) {
    complain(std::string("halfopen: ") + failure.what());
    return internal;
  }
  return output_is_complete() ? exit_code : internal;
}
