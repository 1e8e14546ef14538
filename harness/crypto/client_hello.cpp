#include "crypto/client_hello.h"

#include <openssl/tls1.h>

#include "base/bytes.h"

namespace halfopen::crypto {
namespace {

ByteView extension(SSL* ssl, unsigned type) {
  const unsigned char* data = nullptr;
  std::size_t length = 0;
  if (SSL_client_hello_get0_ext(ssl, type, &data, &length) != 1) return {};
  return {data, length};
}

/// The bytes behind a length field of `width` bytes, or nothing where the length does not fit.
ByteView sized(ByteView bytes, std::size_t width) {
  if (bytes.size() < width) return {};
  std::size_t length = 0;
  for (std::size_t i = 0; i < width; ++i) length = length << 8 | bytes[i];
  if (length > bytes.size() - width) return {};
  return bytes.subspan(width, length);
}

}  // namespace

std::string server_name_of(SSL* ssl) {
  const ByteView list = sized(extension(ssl, TLSEXT_TYPE_server_name), 2);
  if (list.empty() || list[0] != TLSEXT_NAMETYPE_host_name) return {};
  return std::string(as_text(sized(list.subspan(1), 2)));
}

std::string first_alpn_of(SSL* ssl) {
  const ByteView list =
      sized(extension(ssl, TLSEXT_TYPE_application_layer_protocol_negotiation), 2);
  return std::string(as_text(sized(list, 1)));
}

bool offers_session(SSL* ssl) {
  return !extension(ssl, TLSEXT_TYPE_psk).empty() ||
         !extension(ssl, TLSEXT_TYPE_session_ticket).empty();
}

bool wants_status(SSL* ssl) { return !extension(ssl, TLSEXT_TYPE_status_request).empty(); }

}  // namespace halfopen::crypto
