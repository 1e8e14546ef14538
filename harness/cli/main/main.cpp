// The program `halfopen`.
#include <cstdio>
#include <exception>
#include <string>

#include "base/signals.h"
#include "cli/commands.h"
#include "cli/output.h"

int main(int argc, char** argv) {
  using namespace halfopen::cli;
  open_standard_streams();
  halfopen::let_writes_beyond_limit_fail();
  CommandLine line(
      "halfopen: replays network failures against WebSocket clients and judges how they "
      "reconnect");
  add_run(line);
  add_mutants(line);
  add_check(line);
  add_list(line);
  add_explain(line);
  add_new(line);
  add_faults(line);
  add_schema(line);
  add_judge(line);
  add_report(line);
  add_merge(line);
  add_why(line);
  add_doctor(line);
  add_names(line);
  add_install_files(line);
  try {
    const int exit_code = line.run({argv + 1, argv + argc});
    return output_is_complete() ? exit_code : internal;
  } catch (const std::exception& failure) {
    complain(std::string("halfopen: ") + failure.what());
    return internal;
  }
}
