#include "run/proxy_requests.h"

#include <algorithm>
#include <vector>

#include "crypto/hash.h"

namespace halfopen::run {
namespace {

/// The fields that a request says are for one hop only, and those that always are.
std::vector<std::string> one_hop_fields(const ws::Request& request) {
  std::vector<std::string> names{"Connection", "Upgrade", "Keep-Alive", "TE"};
  for (const std::string_view named : ws::list_of(request.headers, "Connection"))
    names.emplace_back(named);
  return names;
}

}  // namespace

std::optional<std::string> origin_form(std::string_view target, std::string_view authority) {
  for (const std::string_view scheme : {"http://", "ws://"}) {
    if (!ws::equal_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
    const std::string_view rest = target.substr(scheme.size());
    const std::string_view path = rest.substr(std::min(rest.find_first_of("/?"), rest.size()));
    if (!ws::equal_ignoring_case(rest.substr(0, rest.size() - path.size()), authority))
      return std::nullopt;
    return path.starts_with('/') ? std::string(path) : "/" + std::string(path);
  }
  return std::nullopt;
}

std::string head_for_server(const ws::Request& request, bool strips) {
  std::vector<std::string> dropped{"Proxy-Authorization", "Proxy-Connection"};
  if (strips)
    for (std::string& name : one_hop_fields(request)) dropped.push_back(std::move(name));
  ws::Headers headers = request.headers;
  std::erase_if(headers, [&](const auto& field) {
    return std::ranges::any_of(dropped, [&](const std::string& name) {
      return ws::equal_ignoring_case(field.first, name);
    });
  });
  std::string head = request.method + " " + request.target + " " + request.version + "\r\n";
  ws::append_fields(head, headers);
  return head;
}

bool is_basic(std::string_view value, std::string_view credentials) {
  constexpr std::string_view scheme = "Basic ";
  return ws::equal_ignoring_case(value.substr(0, scheme.size()), scheme) &&
         ws::trimmed(value.substr(scheme.size())) == crypto::base64(as_bytes(credentials));
}

}  // namespace halfopen::run
