#include "cli/input.h"

#include <fstream>
#include <sstream>

#include "base/error.h"

namespace halfopen::cli {

std::string read_input(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) throw Error("read " + file, "it cannot be read, or is empty");
  return text.str();
}

}  // namespace halfopen::cli
