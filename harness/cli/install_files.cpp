// `halfopen install-files FOLDER`: the manual pages and completions, below FOLDER as they are to
// lie below PREFIX/share. The build calls it.
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>

#include "base/calendar.h"
#include "base/output_file.h"
#include "cli/commands.h"
#include "cli/completion.h"
#include "cli/manual.h"

namespace halfopen::cli {
namespace {

/// "2026-11-28": of the build, or of the sources where they are to be built again to the byte
/// (reproducible-builds.org).
std::string today() {
  const char* given = std::getenv("SOURCE_DATE_EPOCH");
  const auto seconds = given != nullptr ? std::strtoll(given, nullptr, 10) : std::time(nullptr);
  return timestamp(seconds).substr(0, 10);
}

}  // namespace

void add_install_files(CommandLine& line) {
  Command command =
      line.add_hidden("install-files", "Writes the manual pages and the shells' completions");
  auto folder = std::make_shared<std::string>();
  command.add_option("folder", *folder, "Where to").takes(value::folder).required();
  command.does([folder, &line] {
    const CommandDescription program = line.describe();
    for (const ManualPage& page : manual(program, today()))
      write_output(*folder + "/man/man1/" + page.name + ".1", page.text);
    write_output(*folder + "/bash-completion/completions/halfopen", bash_completion(program));
    write_output(*folder + "/zsh/site-functions/_halfopen", zsh_completion(program));
    write_output(*folder + "/fish/vendor_completions.d/halfopen.fish", fish_completion(program));
    return all_passed;
  });
}

}  // namespace halfopen::cli
