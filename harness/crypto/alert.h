// TLS alerts by their registered names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen::crypto {

/// "unknown_ca" for 48 (IANA registry of TLS alerts), or "alert-NUMBER" for one without a name.
[[nodiscard]] std::string alert_name(int description);

/// The other way round; none if there is no alert of that name.
[[nodiscard]] std::optional<int> alert_number(std::string_view name);
/// All registered names.
[[nodiscard]] std::vector<std::string> alert_names();

}  // namespace halfopen::crypto
