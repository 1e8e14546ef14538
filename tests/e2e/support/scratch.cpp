#include "support/scratch.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "trace/codec.h"

namespace halfopen::e2e {
namespace {

namespace fs = std::filesystem;

}  // namespace

Scratch::Scratch() : path_((fs::temp_directory_path() / "halfopen-e2e-XXXXXX").string()) {
  if (mkdtemp(path_.data()) == nullptr) throw_errno("make a temporary folder");
  // The program may run as another user than the test.
  fs::permissions(path_, fs::perms::all);
}

Scratch::~Scratch() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string Scratch::write(const std::string& name, const std::string& text) const {
  const fs::path file = path(name);
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
  return file.string();
}

std::string Scratch::read(const std::string& name) const {
  std::ifstream file(path(name), std::ios::binary);
  if (!file) throw Error("read " + path(name), "there is no such file");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

nlohmann::json Scratch::json(const std::string& name) const {
  return nlohmann::json::parse(read(name));
}

trace::Trace Scratch::trace(const std::string& name) const { return trace::read(read(name), name); }

}  // namespace halfopen::e2e
