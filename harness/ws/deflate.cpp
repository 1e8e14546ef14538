#include "ws/deflate.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "ws/extension.h"

namespace halfopen::ws {
namespace {

constexpr std::string_view header = "Sec-WebSocket-Extensions";
constexpr std::string_view extension_name = "permessage-deflate";
constexpr std::string_view client_bits_name = "client_max_window_bits";

enum class Speaker { client, server };

/// 8 to 15, in decimal, without a leading zero (RFC 7692, section 7.1.2).
std::optional<int> read_bits(std::string_view value) {
  for (int bits = Deflate::least_bits; bits <= Deflate::most_bits; ++bits)
    if (value == std::to_string(bits)) return bits;
  return std::nullopt;
}

/// Reads one parameter into `deflate`; says what is wrong with it, or "".
std::string read_parameter(const std::string& name, const std::optional<std::string>& value,
                           Speaker speaker, Deflate& deflate) {
  const bool takeover =
      name == "server_no_context_takeover" || name == "client_no_context_takeover";
  if (takeover) {
    if (value) return name + " has a value";
    (name.starts_with("server") ? deflate.server_takeover : deflate.client_takeover) = false;
    return {};
  }
  if (name != "server_max_window_bits" && name != client_bits_name)
    return "there is no parameter " + printable(as_bytes(name), 40);
  // An offer may say just that the client knows this parameter (section 7.1.2.2).
  if (!value && name == client_bits_name && speaker == Speaker::client) return {};
  const auto bits = read_bits(value.value_or(""));
  if (!bits) return name + " is not 8 to 15";
  (name.starts_with("server") ? deflate.server_bits : deflate.client_bits) = *bits;
  if (name.starts_with("server")) deflate.names_server_bits = true;
  return {};
}

/// Reads all parameters into `deflate`; says what is wrong with them, or "".
std::string read_parameters(const Extension& extension, Speaker speaker, Deflate& deflate) {
  std::set<std::string> seen;
  for (const auto& [name, value] : extension.parameters) {
    if (!seen.insert(name).second) return name + " appears twice";
    if (std::string problem = read_parameter(name, value, speaker, deflate); !problem.empty())
      return problem;
  }
  return {};
}

}  // namespace

std::optional<Deflate> accept_offer(const Headers& request) {
  if (!malformed_extensions(request).empty()) return std::nullopt;
  for (const std::string_view element : list_of(request, header)) {
    const auto offer = parse_extension(element);
    if (!offer || offer->name != extension_name) continue;
    Deflate deflate;
    if (!read_parameters(*offer, Speaker::client, deflate).empty()) continue;
    // What the client says of its own side are hints, which need no word in the answer.
    deflate.client_takeover = true;
    deflate.client_bits = Deflate::most_bits;
    return deflate;
  }
  return std::nullopt;
}

std::string in_words(const Deflate& deflate) {
  std::string text(extension_name);
  if (!deflate.server_takeover) text += "; server_no_context_takeover";
  if (!deflate.client_takeover) text += "; client_no_context_takeover";
  if (deflate.names_server_bits || deflate.server_bits != Deflate::most_bits)
    text += fmt::format("; server_max_window_bits={}", deflate.server_bits);
  if (deflate.client_bits != Deflate::most_bits)
    text += fmt::format("; {}={}", client_bits_name, deflate.client_bits);
  return text;
}

AgreedExtensions agreed_extensions(const Headers& answer) {
  const auto elements = list_of(answer, header);
  if (elements.empty()) {
    if (count_of(answer, header) == 0) return {};
    return {{}, "the server chose an extension without a name"};
  }
  const auto chose = [](std::string_view what, std::string_view why) {
    return AgreedExtensions{
        {},
        fmt::format("the server chose the extension \"{}\"{}", printable(as_bytes(what), 80), why)};
  };
  const auto extension = parse_extension(elements.front());
  if (!extension || extension->name != extension_name)
    return chose(elements.front(), ", which was not asked for");
  if (elements.size() > 1) return chose(elements[1], " beside permessage-deflate");
  AgreedExtensions agreed;
  Deflate deflate;
  const std::string problem = read_parameters(*extension, Speaker::server, deflate);
  if (!problem.empty()) return chose(elements.front(), ": " + problem);
  agreed.deflate = deflate;
  return agreed;
}

}  // namespace halfopen::ws
