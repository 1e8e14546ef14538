#include "crypto/hash.h"

#include <openssl/rand.h>

#include "crypto/openssl.h"

namespace halfopen::crypto {
namespace {

void digest(const EVP_MD* kind, ByteView bytes, std::uint8_t* out) {
  check_openssl("hash", EVP_Digest(bytes.data(), bytes.size(), out, nullptr, kind, nullptr));
}

}  // namespace

std::array<std::uint8_t, 20> sha1(ByteView bytes) {
  std::array<std::uint8_t, 20> out{};
  digest(EVP_sha1(), bytes, out.data());
  return out;
}

std::array<std::uint8_t, 32> sha256(ByteView bytes) {
  std::array<std::uint8_t, 32> out{};
  digest(EVP_sha256(), bytes, out.data());
  return out;
}

std::string sha256_hex(ByteView bytes) { return hex(sha256(bytes)); }

std::string base64(ByteView bytes) {
  // EVP_EncodeBlock adds a NUL, which falls on the string's own terminator.
  std::string out((bytes.size() + 2) / 3 * 4, '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes.data(),
                  static_cast<int>(bytes.size()));
  return out;
}

Bytes random_bytes(std::size_t count) {
  Bytes out(count);
  check_openssl("draw random bytes", RAND_bytes(out.data(), static_cast<int>(count)));
  return out;
}

}  // namespace halfopen::crypto
