// Where the running program lies, and what was installed with it.
#pragma once

#include <string>

namespace halfopen {

/// The folder of the running program. Throws Error where /proc does not tell.
[[nodiscard]] std::string program_folder();

/// What `cmake --install` put at PREFIX/share/halfopen for a program in PREFIX/bin, or, for one in
/// a build folder, what lies in its sources: the file or folder of that relative path
/// ("scenarios/drops", "clients/reference"); "" if there is none.
[[nodiscard]] std::string installed(const std::string& path);

}  // namespace halfopen
