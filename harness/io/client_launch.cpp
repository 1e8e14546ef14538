#include "io/client_launch.h"

#include <unistd.h>

#include <array>
#include <string_view>
#include <utility>

#include "base/installation.h"

namespace halfopen::io {
namespace {

/// With others than a scenario's own a client would not talk to the fake server at all.
constexpr std::array<std::string_view, 8> proxy_variables{
    "http_proxy", "https_proxy", "all_proxy", "no_proxy",
    "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"};

/// The variables by which common runtimes find a certificate authority.
constexpr std::array<std::string_view, 5> authority_variables{
    "HALFOPEN_CA", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"};

/// What is left of a clean environment: where programs and their libraries are found, whose they
/// are, and how they are to write.
constexpr std::array<std::string_view, 12> plain_variables{
    "PATH",     "HOME", "USER", "LOGNAME",   "SHELL",      "LANG",
    "LANGUAGE", "TERM", "TZ",   "NODE_PATH", "PYTHONPATH", "LD_LIBRARY_PATH"};

void replace_all(std::string& text, std::string_view what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

template <class Names>
bool contains(const Names& names, std::string_view name) {
  for (const std::string_view each : names)
    if (each == name) return true;
  return false;
}

using Environment = std::vector<std::pair<std::string, std::string>>;

/// The variables that name a proxy; the two others name hosts that are reached without it.
void add_proxy(Environment& environment, const Whereabouts& where) {
  environment.emplace_back("HALFOPEN_PROXY", where.proxy);
  if (where.proxy.empty()) return;
  for (const std::string_view name : proxy_variables) {
    const bool exempts = name == "no_proxy" || name == "NO_PROXY";
    environment.emplace_back(name, exempts ? where.no_proxy : where.proxy);
  }
}

bool is_plain(std::string_view name) {
  return contains(plain_variables, name) || name.starts_with("LC_");
}

Environment environment(const Whereabouts& where) {
  Environment all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view name = text.substr(0, equals);
    if (contains(proxy_variables, name) || contains(authority_variables, name) ||
        name == "TMPDIR" || name.starts_with("HALFOPEN_"))
      continue;
    if (where.trust.clean_environment && !is_plain(name)) continue;
    all.emplace_back(name, text.substr(equals + 1));
  }
  for (const std::string_view name : authority_variables) all.emplace_back(name, where.ca);
  all.emplace_back("HALFOPEN_URL", where.url);
  all.emplace_back("HALFOPEN_HOST", where.host);
  all.emplace_back("HALFOPEN_PORT", std::to_string(where.port));
  all.emplace_back("HALFOPEN_PROTOCOLS", where.protocols);
  all.emplace_back("HALFOPEN_PAGE", where.page);
  all.emplace_back("HALFOPEN_SEED", std::to_string(where.seed));
  all.emplace_back("TMPDIR", where.temporary);
  add_proxy(all, where);
  return all;
}

}  // namespace

std::string fill(std::string text, const Whereabouts& where) {
  replace_all(text, "{url}", where.url);
  replace_all(text, "{host}", where.host);
  replace_all(text, "{port}", std::to_string(where.port));
  replace_all(text, "{proxy}", where.proxy);
  replace_all(text, "{protocols}", where.protocols);
  replace_all(text, "{page}", where.page);
  replace_all(text, "{ca}", where.ca);
  replace_all(text, "{seed}", std::to_string(where.seed));
  if (text.find("{bin}") != std::string::npos) replace_all(text, "{bin}", program_folder());
  return text;
}

SpawnRequest launch(const scenario::Client& client, const Whereabouts& where) {
  SpawnRequest request;
  for (const std::string& word : client.command) request.command.push_back(fill(word, where));
  request.environment = environment(where);
  request.directory = client.directory;
  request.may_capture = where.trust.may_capture;
  return request;
}

}  // namespace halfopen::io
