// What the command line understands, as data: the one source of its help, its manual pages and what
// shells complete.
#pragma once

#include <string>
#include <vector>

namespace halfopen::cli {

/// What an option's value is, as the help calls it. Shells complete by that name.
namespace value {
inline constexpr const char* scenario = "SCENARIO";  ///< A scenario's name, file or folder.
inline constexpr const char* client = "CLIENT";      ///< A client's name, file, folder or command.
inline constexpr const char* fault = "FAULT";
inline constexpr const char* file = "FILE";
inline constexpr const char* folder = "FOLDER";
}  // namespace value

struct OptionDescription {
  /// "-c", "--client". Of an argument, which is known by its place: what it is called.
  std::vector<std::string> names;
  bool argument = false;
  std::string value;               ///< What its value is called ("FILE"); "" for a flag.
  std::vector<std::string> words;  ///< The only values that it takes; none: any.
  std::string limits;              ///< What else is asked of the value, such as "INT in [0 - 9]".
  std::string about;
  std::string otherwise;  ///< Its value where it is not given; "" where that is not said.
  bool required = false;
  bool repeats = false;  ///< May be given several times.
};

struct CommandDescription {
  std::string name;
  std::string about;
  std::vector<OptionDescription> options;  ///< In the order of the help; arguments are among them.
  std::vector<CommandDescription> commands;
};

}  // namespace halfopen::cli
