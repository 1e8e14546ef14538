#include "ws/client_handshake.h"

#include <fmt/format.h>

#include <algorithm>

#include "crypto/hash.h"
#include "ws/answer.h"

namespace halfopen::ws {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string in_quotes(std::string_view value) {
  return fmt::format("\"{}\"", printable(as_bytes(value), 80));
}

std::string refuse_upgrade(const Response& response) {
  const std::size_t fields = count_of(response.headers, "Upgrade");
  const std::string_view value = first_value(response.headers, "Upgrade");
  if (fields == 0) return "there is no Upgrade header";
  // Several fields are one list (RFC 9110, section 5.3), and a list is not the value "websocket".
  if (fields > 1) return "the Upgrade header appears more than once";
  if (!equal_ignoring_case(value, "websocket")) {
    return "the Upgrade header says " + in_quotes(value) + " instead of websocket";
  }
  return {};
}

std::string refuse_accept(const Response& response, std::string_view key) {
  const std::size_t fields = count_of(response.headers, "Sec-WebSocket-Accept");
  const std::string_view value = first_value(response.headers, "Sec-WebSocket-Accept");
  if (fields == 0) return "there is no Sec-WebSocket-Accept header";
  if (fields > 1) return "the Sec-WebSocket-Accept header appears more than once";
  if (value != accept_for(key)) {
    return "Sec-WebSocket-Accept is " + in_quotes(value) + " instead of \"" + accept_for(key) +
           "\"";
  }
  return {};
}

std::string refuse_extensions(const Response& response, const Offer& offer) {
  if (offer.deflate) return agreed_extensions(response.headers).problem;
  if (count_of(response.headers, "Sec-WebSocket-Extensions") == 0) return {};
  return "the server chose the extension " +
         in_quotes(first_value(response.headers, "Sec-WebSocket-Extensions")) +
         ", which was not asked for";
}

std::string refuse_protocol(const Response& response, const std::vector<std::string>& protocols) {
  const std::size_t fields = count_of(response.headers, "Sec-WebSocket-Protocol");
  const std::string_view value = first_value(response.headers, "Sec-WebSocket-Protocol");
  if (fields == 0) return {};
  if (fields > 1) return "the Sec-WebSocket-Protocol header appears more than once";
  if (std::find(protocols.begin(), protocols.end(), value) == protocols.end()) {
    return "the server chose the subprotocol " + in_quotes(value) + ", which was not asked for";
  }
  return {};
}

}  // namespace

ClientHandshake make_client_handshake(std::string_view host, std::string_view path,
                                      const Headers& extra, const Offer& offer) {
  ClientHandshake made;
  made.key = crypto::base64(crypto::random_bytes(16));
  Headers headers = {{"Host", std::string(host)},
                     {"Upgrade", "websocket"},
                     {"Connection", "Upgrade"},
                     {"Sec-WebSocket-Key", made.key},
                     {"Sec-WebSocket-Version", "13"}};
  if (!offer.protocols.empty())
    headers.emplace_back("Sec-WebSocket-Protocol", joined(offer.protocols));
  if (offer.deflate) headers.emplace_back("Sec-WebSocket-Extensions", deflate_offer);
  headers.insert(headers.end(), extra.begin(), extra.end());
  made.request = "GET " + std::string(path) + " HTTP/1.1\r\n";
  append_fields(made.request, headers);
  return made;
}

// In the order of the list "the client MUST validate the server's response as follows" in RFC 6455,
// section 4.1; that Sec-WebSocket-Accept and -Protocol appear once is demanded in section 11.3.
std::string handshake_refusal(const Response& response, std::string_view key, const Offer& offer) {
  if (response.status != 101) {
    return "the status is " + std::to_string(response.status) + ", not 101";
  }
  if (std::string why = refuse_upgrade(response); !why.empty()) return why;
  if (!has_token(response.headers, "Connection", "Upgrade")) {
    return "the Connection header does not say Upgrade";
  }
  if (std::string why = refuse_accept(response, key); !why.empty()) return why;
  if (std::string why = refuse_extensions(response, offer); !why.empty()) return why;
  return refuse_protocol(response, offer.protocols);
}

}  // namespace halfopen::ws
