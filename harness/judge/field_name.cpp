#include "judge/field_name.h"

#include <algorithm>
#include <cctype>

namespace halfopen::judge {

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

}  // namespace halfopen::judge
