#include "run/admission.h"

#include <algorithm>

namespace halfopen::run {
namespace {

using scenario::Auth;

/// "Bearer TOKEN" (RFC 6750, section 2.1); the scheme in any case (RFC 9110, section 11.1).
bool is_bearer(std::string_view value, std::string_view token) {
  constexpr std::string_view scheme = "Bearer ";
  return value.size() > scheme.size() &&
         ws::equal_ignoring_case(value.substr(0, scheme.size()), scheme) &&
         ws::trimmed(value.substr(scheme.size())) == token;
}

bool in_header(const ws::Request& request, const Auth& auth) {
  const std::string_view value = request.header(auth.name);
  return ws::equal_ignoring_case(auth.name, "Authorization") ? is_bearer(value, auth.token)
                                                             : value == auth.token;
}

/// "name=token" among the parameters of the query, as it is: nothing is decoded.
bool in_query(const ws::Request& request, const Auth& auth) {
  const std::string_view target = request.target;
  const std::size_t mark = target.find('?');
  if (mark == std::string_view::npos) return false;
  std::string_view query = target.substr(mark + 1);
  const std::string wanted = auth.name + "=" + auth.token;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    if (query.substr(0, end) == wanted) return true;
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return false;
}

bool is_token(std::string_view protocol, const Auth& auth) {
  return protocol == auth.token || protocol.ends_with("." + auth.token);
}

std::vector<std::string_view> offered(const ws::Request& request) {
  return ws::list_of(request.headers, "Sec-WebSocket-Protocol");
}

bool has_token(const ws::Request& request, const Auth& auth) {
  switch (auth.where) {
    case Auth::Where::header:
      return in_header(request, auth);
    case Auth::Where::query:
      return in_query(request, auth);
    case Auth::Where::subprotocol:
      return std::ranges::any_of(offered(request),
                                 [&](std::string_view each) { return is_token(each, auth); });
    case Auth::Where::message:  // It comes once the connection is open: run/sign_in.h
      return true;
  }
  return false;
}

}  // namespace

std::optional<Refusal> refusal_of(const ws::Request& request,
                                  const scenario::Handshake& handshake) {
  const std::string origin(request.header("Origin"));
  const auto& allowed = handshake.origins;
  if (!allowed.empty() && std::ranges::find(allowed, origin) == allowed.end())
    return Refusal{403, "wrong-origin"};
  if (handshake.auth && !has_token(request, *handshake.auth))
    return Refusal{handshake.auth->status, "unauthorized"};
  return std::nullopt;
}

std::string protocol_for(const ws::Request& request, const scenario::Handshake& handshake) {
  const auto all = offered(request);
  if (handshake.protocol)
    return std::ranges::find(all, *handshake.protocol) == all.end() ? "" : *handshake.protocol;
  if (all.empty()) return "";
  if (!handshake.auth || handshake.auth->where != Auth::Where::subprotocol)
    return std::string(all.front());
  const auto chosen = std::ranges::find_if(
      all, [&](std::string_view each) { return !is_token(each, *handshake.auth); });
  return std::string(chosen == all.end() ? all.front() : *chosen);
}

}  // namespace halfopen::run
