// The subcommands of `halfopen`, one file each. Each adds itself to the command line.
#pragma once

#include "cli/command_line.h"

namespace halfopen::cli {

void add_run(CommandLine& line);
void add_mutants(CommandLine& line);
void add_check(CommandLine& line);
void add_list(CommandLine& line);
void add_explain(CommandLine& line);
void add_faults(CommandLine& line);
void add_schema(CommandLine& line);
void add_judge(CommandLine& line);
void add_report(CommandLine& line);
void add_merge(CommandLine& line);
void add_why(CommandLine& line);
void add_new(CommandLine& line);
void add_doctor(CommandLine& line);
void add_names(CommandLine& line);
void add_install_files(CommandLine& line);

}  // namespace halfopen::cli
