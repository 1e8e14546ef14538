#include "crypto/alert.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

namespace halfopen::crypto {
namespace {

// RFC 8446, section 6, and for those that TLS 1.3 no longer has RFC 5246, section 7.2, RFC 6066 and
// RFC 7507.
constexpr auto names = std::to_array<std::pair<int, std::string_view>>({
    {0, "close_notify"},
    {10, "unexpected_message"},
    {20, "bad_record_mac"},
    {21, "decryption_failed"},
    {22, "record_overflow"},
    {30, "decompression_failure"},
    {40, "handshake_failure"},
    {41, "no_certificate"},
    {42, "bad_certificate"},
    {43, "unsupported_certificate"},
    {44, "certificate_revoked"},
    {45, "certificate_expired"},
    {46, "certificate_unknown"},
    {47, "illegal_parameter"},
    {48, "unknown_ca"},
    {49, "access_denied"},
    {50, "decode_error"},
    {51, "decrypt_error"},
    {60, "export_restriction"},
    {70, "protocol_version"},
    {71, "insufficient_security"},
    {80, "internal_error"},
    {86, "inappropriate_fallback"},
    {90, "user_canceled"},
    {100, "no_renegotiation"},
    {109, "missing_extension"},
    {110, "unsupported_extension"},
    {111, "certificate_unobtainable"},
    {112, "unrecognized_name"},
    {113, "bad_certificate_status_response"},
    {114, "bad_certificate_hash_value"},
    {115, "unknown_psk_identity"},
    {116, "certificate_required"},
    {120, "no_application_protocol"},
});

/// Before the number of an alert without a name.
const std::string unnamed = "alert-";

}  // namespace

std::string alert_name(int description) {
  const auto* at = std::find_if(names.begin(), names.end(),
                                [&](const auto& entry) { return entry.first == description; });
  return at == names.end() ? unnamed + std::to_string(description) : std::string(at->second);
}

std::optional<int> alert_number(std::string_view name) {
  const auto* at = std::find_if(names.begin(), names.end(),
                                [&](const auto& entry) { return entry.second == name; });
  if (at != names.end()) return at->first;
  if (!name.starts_with(unnamed)) return std::nullopt;
  name.remove_prefix(unnamed.size());
  std::uint8_t number = 0;
  const auto [end, failure] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (failure != std::errc{} || end != name.data() + name.size()) return std::nullopt;
  return number;
}

std::vector<std::string> alert_names() {
  std::vector<std::string> all;
  all.reserve(names.size());
  for (const auto& [number, name] : names) all.emplace_back(name);
  return all;
}

}  // namespace halfopen::crypto
