// Names of header fields.
#pragma once

#include <string_view>

namespace halfopen::judge {

/// Whether two names of header fields are the same, in any case (RFC 9110, section 5.1).
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);

}  // namespace halfopen::judge
