#include "cli/own_command.h"

#include <fstream>

namespace halfopen::cli {

std::vector<std::string> own_command() {
  std::ifstream stream("/proc/self/cmdline", std::ios::binary);
  std::vector<std::string> words;
  for (std::string word; std::getline(stream, word, '\0');) words.push_back(word);
  return words;
}

}  // namespace halfopen::cli
