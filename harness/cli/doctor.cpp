// `halfopen doctor`: what this machine can do, what it lacks, and what would mend that.
#include <fmt/format.h>

#include <memory>

#include "cli/commands.h"
#include "cli/doctor_report.h"

namespace halfopen::cli {

void add_doctor(CommandLine& line) {
  Command command = line.add(
      "doctor", "Tries what this machine can do, and says what is missing and what would mend it");
  auto as_json = std::make_shared<bool>(false);
  command.add_flag("--json", *as_json, "Prints one JSON document instead of lines");
  command.does([as_json] {
    const Findings found = look_around();
    fmt::print("{}", *as_json ? doctor_json(found) : doctor_text(found));
    return can_run(found) ? all_passed : internal;
  });
}

}  // namespace halfopen::cli
