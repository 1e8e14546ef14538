#include "ws/extension.h"

#include "ws/headers.h"

namespace halfopen::ws {
namespace {

/// The text up to `end`, which is taken off with it; all of it where there is no `end`.
std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  const std::string_view taken = trimmed(text.substr(0, at));
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return taken;
}

/// A value in quotes must be a token without them (RFC 6455, section 9.1).
std::string_view unquoted(std::string_view value) {
  const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  return quoted ? value.substr(1, value.size() - 2) : value;
}

}  // namespace

std::optional<Extension> parse_extension(std::string_view text) {
  if (trimmed(text).ends_with(';')) return std::nullopt;
  Extension extension;
  extension.name = take_until(text, ';');
  if (!is_token(extension.name)) return std::nullopt;
  while (!text.empty()) {
    std::string_view rest = take_until(text, ';');
    const bool has_value = rest.find('=') != std::string_view::npos;
    const std::string_view name = take_until(rest, '=');
    const std::string_view value = unquoted(trimmed(rest));
    if (!is_token(name) || (has_value && !is_token(value))) return std::nullopt;
    extension.parameters.emplace_back(name,
                                      has_value ? std::optional(std::string(value)) : std::nullopt);
  }
  return extension;
}

}  // namespace halfopen::ws
