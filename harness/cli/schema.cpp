// `halfopen schema`: the scenario language and client.toml as JSON Schema, for editors.
#include "scenario/schema.h"

#include <fmt/format.h>

#include <memory>
#include <string>

#include "cli/commands.h"
#include "scenario/key_page.h"

namespace halfopen::cli {

void add_schema(CommandLine& line) {
  Command command = line.add(
      "schema", "Prints the JSON Schema of scenarios, for editors that complete and check TOML");
  auto of_clients = std::make_shared<bool>(false);
  const Option client =
      command.add_flag("--client", *of_clients, "Prints that of a client.toml instead");
  auto of_parts = std::make_shared<bool>(false);
  command
      .add_flag("--part", *of_parts,
                "Prints that of a file which scenarios include: nothing must be in it")
      .excludes(client);
  auto page = std::make_shared<bool>(false);
  command.add_flag("--page", *page, "Prints all keys of a scenario as a page in Markdown instead");
  command.does([of_clients, of_parts, page] {
    fmt::print("{}", *page         ? scenario::key_page()
                     : *of_clients ? scenario::client_schema()
                     : *of_parts   ? scenario::part_schema()
                                   : scenario::scenario_schema());
    return all_passed;
  });
}

}  // namespace halfopen::cli
