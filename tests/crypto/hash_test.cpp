// Hashes against the vectors of their standards.
#include <catch2/catch.hpp>

#include "crypto/hash.h"

using namespace halfopen;
using namespace halfopen::crypto;

TEST_CASE("SHA-1 of \"abc\" (FIPS 180-2, appendix A.1)") {
  CHECK(hex(sha1(as_bytes("abc"))) == "a9993e364706816aba3e25717850c26c9cd0d89d");
}

TEST_CASE("SHA-256 of \"abc\" (FIPS 180-2, appendix B.1) and of nothing") {
  CHECK(sha256_hex(as_bytes("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex({}) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("base64 (RFC 4648, section 10)") {
  CHECK(base64({}).empty());
  CHECK(base64(as_bytes("f")) == "Zg==");
  CHECK(base64(as_bytes("fo")) == "Zm8=");
  CHECK(base64(as_bytes("foo")) == "Zm9v");
  CHECK(base64(as_bytes("foob")) == "Zm9vYg==");
  CHECK(base64(as_bytes("foobar")) == "Zm9vYmFy");
}

TEST_CASE("random bytes are as many as asked for, and others each time") {
  CHECK(random_bytes(0).empty());
  CHECK(random_bytes(16).size() == 16);
  CHECK(random_bytes(16) != random_bytes(16));
}
