// `halfopen schema`: the scenario language and client.toml as JSON Schema, for editors.
#include "scenario/schema.h"

#include <fmt/format.h>

#include <memory>
#include <string>

#include "cli/commands.h"

namespace halfopen::cli {

void add_schema(CommandLine& line) {
  Command command = line.add(
      "schema", "Prints the JSON Schema of scenarios, for editors that complete and check TOML");
  auto of_clients = std::make_shared<bool>(false);
  command.add_flag("--client", *of_clients, "Prints that of a client.toml instead");
  command.does([of_clients] {
    fmt::print("{}", *of_clients ? scenario::client_schema() : scenario::scenario_schema());
    return all_passed;
  });
}

}  // namespace halfopen::cli
