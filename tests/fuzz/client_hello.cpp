// What a client says first to a TLS port: OpenSSL's server side and our reading of the ClientHello.
#include "crypto/authority.h"
#include "crypto/tls.h"

using namespace halfopen;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const crypto::Authority authority;
  static const auto identity = authority.issue({"server.test"});
  crypto::Tls tls = crypto::Tls::server(identity);
  tls.start();
  Bytes plain;
  tls.received(ByteView(data, size), plain);
  (void)tls.take_output();
  (void)tls.server_name();
  (void)tls.alpn();
  (void)tls.problem();
  return 0;
}
