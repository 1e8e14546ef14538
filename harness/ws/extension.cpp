#include "ws/extension.h"

namespace halfopen::ws {
namespace {

/// The text up to `end`, which is taken off with it; all of it where there is no `end`.
std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  const std::string_view taken = trimmed(text.substr(0, at));
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return taken;
}

/// A value in quotes must be a token once they are off and each backslash before a character is
/// (RFC 6455, section 9.1; RFC 9110, section 5.6.4). What is not quoted well is no token.
std::string unquoted(std::string_view value) {
  const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  if (!quoted) return std::string(value);
  std::string text;
  for (value = value.substr(1, value.size() - 2); !value.empty(); value.remove_prefix(1)) {
    if (value.front() == '\\' && value.size() > 1) value.remove_prefix(1);
    text += value.front();
  }
  return text;
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
    const std::string value = unquoted(trimmed(rest));
    if (!is_token(name) || (has_value && !is_token(value))) return std::nullopt;
    extension.parameters.emplace_back(name, has_value ? std::optional(value) : std::nullopt);
  }
  return extension;
}

std::vector<std::string_view> malformed_extensions(const Headers& headers) {
  std::vector<std::string_view> elements = list_of(headers, "Sec-WebSocket-Extensions");
  std::erase_if(elements, [](std::string_view element) { return parse_extension(element); });
  return elements;
}

}  // namespace halfopen::ws
