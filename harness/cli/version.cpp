#include "cli/version.h"

#include <vector>

#include "base/library.h"
#include "cli/command_line.h"
#include "crypto/libraries.h"
#include "io/loop/libraries.h"
#include "report/libraries.h"
#include "scenario/libraries.h"
#include "ws/libraries.h"

namespace halfopen::cli {

std::string version_text() {
  std::string text = "halfopen " HALFOPEN_VERSION;
  for (const std::vector<Library>& libraries :
       {crypto::libraries(), io::libraries(), ws::libraries(), scenario::libraries(),
        report::libraries(), base_libraries(), command_line_libraries()})
    for (const Library& library : libraries) text += "\n" + library.name + " " + library.version;
  return text;
}

}  // namespace halfopen::cli
