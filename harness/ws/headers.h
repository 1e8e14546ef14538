// HTTP header fields in the order in which they were sent (RFC 9110, section 5).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace halfopen::ws {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// ASCII letters only, as field names and tokens are compared.
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);

/// The value of the first field of that name (any case), or "". Borrowed from `headers`.
[[nodiscard]] std::string_view first_value(const Headers& headers, std::string_view name);

/// How many fields have that name (any case).
[[nodiscard]] std::size_t count_of(const Headers& headers, std::string_view name);

/// All values of that name as one comma-separated list, empty elements left out, surrounding white
/// space removed (RFC 9110, section 5.6.1). Borrowed from `headers`.
[[nodiscard]] std::vector<std::string_view> list_of(const Headers& headers, std::string_view name);

/// Whether that list has the token (any case).
[[nodiscard]] bool has_token(const Headers& headers, std::string_view name, std::string_view token);

/// Whether `text` may be a field name or a list element (RFC 9110, section 5.6.2).
[[nodiscard]] bool is_token(std::string_view text);

/// Appends "Name: value" and CRLF for each field, and the empty line that ends a head. Sent as they
/// are, legal or not.
void append_fields(std::string& to, const Headers& headers);

/// Without the spaces and tabs at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace halfopen::ws
