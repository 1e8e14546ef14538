// The file that SSLKEYLOGFILE names, as browsers, curl and others fill it: with it, whoever has
// captured packets can decrypt them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/descriptor.h"
#include "base/error.h"

namespace halfopen::io {

class KeyLogFile {
 public:
  /// Opens the file that the environment names, to add to what is there; none where it names none.
  KeyLogFile();
  /// The same for that file; "": none.
  explicit KeyLogFile(const std::string& file);

  /// Adds a line, whole, whoever else adds to the file.
  void add(std::string_view line);
  /// Why nothing more is added: "write `FILE` (SSLKEYLOGFILE): why".
  [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }

 private:
  void give_up();

  std::string file_;
  Descriptor descriptor_;
  std::optional<Error> problem_;
};

}  // namespace halfopen::io
