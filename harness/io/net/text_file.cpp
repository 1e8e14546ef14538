#include "io/net/text_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "base/descriptor.h"
#include "base/error.h"

namespace halfopen::io {

void write_file(const std::string& path, const std::string& text, bool create) {
  const int flags = O_WRONLY | O_CLOEXEC | (create ? O_CREAT | O_TRUNC : 0);
  const Descriptor file(check_system("open " + path, ::open(path.c_str(), flags, 0644)));
  const auto written = check_system("write " + path, ::write(file.get(), text.data(), text.size()));
  if (static_cast<std::size_t>(written) != text.size()) throw Error("write " + path, "cut short");
}

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream file(path);
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace halfopen::io
