#include "crypto/libraries.h"

#include <openssl/crypto.h>

namespace halfopen::crypto {

std::vector<Library> libraries() { return {{"OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING)}}; }

}  // namespace halfopen::crypto
