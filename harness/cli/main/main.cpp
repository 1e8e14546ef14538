// The program `halfopen`.
#include <cstdio>
#include <exception>

#include "cli/commands.h"

int main(int argc, char** argv) {
  using namespace halfopen::cli;
  CommandLine line(
      "halfopen: replays network failures against WebSocket clients and judges how they "
      "reconnect");
  add_run(line);
  add_mutants(line);
  add_check(line);
  add_list(line);
  add_explain(line);
  add_faults(line);
  add_schema(line);
  add_judge(line);
  try {
    return line.run({argv + 1, argv + argc});
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "halfopen: %s\n", failure.what());
    return internal;
  }
}
