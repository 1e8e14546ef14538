// DNS messages byte by byte, written out by hand after RFC 1035, section 4.
#include <catch2/catch.hpp>

#include "dns/message.h"
#include "support/hex.h"

using namespace halfopen;
using namespace halfopen::dns;
using tests::from_hex;

namespace {

// ID 1234, recursion desired, one question.
const std::string head = "1234 0100 0001 0000 0000 0000 ";
const std::string server_test = "06 736572766572 04 74657374 00 ";
const std::string type_a_in = "0001 0001 ";
// The one additional record of an EDNS query: OPT, 1232 bytes, version 0.
const std::string head_with_opt = "1234 0100 0001 0000 0000 0001 ";
const std::string opt = "00 0029 04d0 00000000 0000";

bool is_refused(const std::string& digits) { return !read_query(from_hex(digits)); }

}  // namespace

TEST_CASE("a query is read") {
  const auto query = read_query(from_hex(head + server_test + type_a_in));
  REQUIRE(query);
  CHECK(query->id == 0x1234);
  CHECK(query->opcode == 0);
  CHECK(query->recursion_desired);
  CHECK(query->name == "server.test");
  CHECK(query->type == type_a);
  CHECK(query->question == from_hex(server_test + type_a_in));
  CHECK_FALSE(query->edns);
}

TEST_CASE("a name is compared in lower case and repeated as it came") {
  const std::string mixed = "06 536552764572 04 54455374 00 ";
  const auto query = read_query(from_hex(head + mixed + "001c 0001"));
  REQUIRE(query);
  CHECK(query->name == "server.test");
  CHECK(query->type == type_aaaa);
  CHECK(hex(query->question) == hex(from_hex(mixed + "001c 0001")));
}

TEST_CASE("an OPT record is seen, wherever it stands behind the question") {
  const auto with_opt = read_query(from_hex(head_with_opt + server_test + type_a_in + opt));
  REQUIRE(with_opt);
  CHECK(with_opt->edns);
  // Its owner's name may be compressed; the pointer, here to itself, is not followed.
  const auto pointed = read_query(
      from_hex(head_with_opt + server_test + type_a_in + "c01d 0001 0001 00000000 0004 7f000001"));
  REQUIRE(pointed);
  CHECK_FALSE(pointed->edns);
}

TEST_CASE("bytes of a name that are not printable are escaped") {
  const auto query = read_query(from_hex(head + "04 612e0aff 00 " + type_a_in));
  REQUIRE(query);
  CHECK(query->name == "a\\046\\010\\255");
  const auto root = read_query(from_hex(head + "00 " + type_a_in));
  REQUIRE(root);
  CHECK(root->name.empty());
}

TEST_CASE("what is no query with one question is refused") {
  CHECK(is_refused(""));
  CHECK(is_refused("1234 8180 0001 0000 0000 0000 " + server_test + type_a_in));  // an answer
  CHECK(is_refused("1234 0100 0000 0000 0000 0000"));                             // no question
  CHECK(is_refused("1234 0100 0002 0000 0000 0000 " + server_test + type_a_in + server_test +
                   type_a_in));
  CHECK(is_refused(head + "c00c " + type_a_in));  // a name that points to itself
  CHECK(is_refused(head + "06 736572766572 c00c 0001 0001"));
  CHECK(is_refused(head + "40 " + std::string(128, '0') + " 00 " + type_a_in));  // a label of 64
  std::string longest;
  for (int i = 0; i < 4; ++i) longest += "3f " + std::string(126, '6') + " ";
  CHECK(is_refused(head + longest + "00 " + type_a_in));       // a name of 257 bytes
  CHECK(is_refused(head_with_opt + server_test + type_a_in));  // the record is not there
}

TEST_CASE("a query cut after any byte is refused, never worse") {
  const Bytes whole = from_hex(head_with_opt + server_test + type_a_in + opt);
  REQUIRE(read_query(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    INFO(size);
    CHECK_FALSE(read_query(cut));
    CHECK(complaint_about(cut).size() == (size < 12 ? 0U : 12U));
  }
}

TEST_CASE("any byte of a query may be anything") {
  const Bytes whole = from_hex(head_with_opt + server_test + type_a_in + opt);
  for (std::size_t at = 0; at < whole.size(); ++at)
    for (int value = 0; value < 256; ++value) {
      Bytes changed = whole;
      changed[at] = static_cast<std::uint8_t>(value);
      if (const auto query = read_query(changed)) CHECK(query->name.size() <= 4 * 255);
    }
}

TEST_CASE("a name of 255 bytes is the longest") {
  std::string name;
  for (int i = 0; i < 3; ++i) name += "3f " + std::string(126, '6') + " ";
  name += "3d " + std::string(122, '6') + " 00 ";
  const auto query = read_query(from_hex(head + name + type_a_in));
  REQUIRE(query);
  CHECK(query->name.size() == 253);
}

TEST_CASE("an answer with an address") {
  const auto query = read_query(from_hex(head + server_test + type_a_in));
  REQUIRE(query);
  CHECK(hex(write_answer(*query, {.addresses = {{198, 51, 100, 20}}, .ttl = 0x00010203})) ==
        hex(from_hex("1234 8180 0001 0001 0000 0000 " + server_test + type_a_in +
                     "c00c 0001 0001 00010203 0004 c6336414")));
}

TEST_CASE("answers that say what is wrong") {
  const auto query = read_query(from_hex(head + server_test + type_a_in));
  REQUIRE(query);
  const std::string question = server_test + type_a_in;
  CHECK(hex(write_answer(*query, {.code = rcode::no_such_name})) ==
        hex(from_hex("1234 8183 0001 0000 0000 0000 " + question)));
  CHECK(hex(write_answer(*query, {.code = rcode::server_failure})) ==
        hex(from_hex("1234 8182 0001 0000 0000 0000 " + question)));
  CHECK(hex(write_answer(*query, {.code = rcode::refused})) ==
        hex(from_hex("1234 8185 0001 0000 0000 0000 " + question)));
  CHECK(hex(write_answer(*query, {.truncated = true})) ==
        hex(from_hex("1234 8380 0001 0000 0000 0000 " + question)));
  CHECK(hex(write_answer(*query, {})) ==
        hex(from_hex("1234 8180 0001 0000 0000 0000 " + question)));
}

TEST_CASE("an answer to a query with EDNS has an OPT record, too") {
  const auto query = read_query(from_hex(head_with_opt + server_test + type_a_in + opt));
  REQUIRE(query);
  CHECK(hex(write_answer(*query, {.code = rcode::no_such_name})) ==
        hex(from_hex("1234 8183 0001 0000 0000 0001 " + server_test + type_a_in +
                     "00 0029 04d0 00000000 0000")));
}

TEST_CASE("what cannot be read is answered with FORMERR, an answer with nothing") {
  CHECK(hex(complaint_about(from_hex(head + "ff"))) == "123481010000000000000000");
  CHECK(complaint_about(from_hex("1234 8180 0001 0000 0000 0000")).empty());
  CHECK(complaint_about(from_hex("1234 01")).empty());
}

TEST_CASE("types and codes have the names that dig prints") {
  CHECK(name_of_type(1) == "A");
  CHECK(name_of_type(28) == "AAAA");
  CHECK(name_of_type(65) == "HTTPS");
  CHECK(name_of_type(4711) == "TYPE4711");
  CHECK(name_of_rcode(0) == "NOERROR");
  CHECK(name_of_rcode(3) == "NXDOMAIN");
  CHECK(name_of_rcode(11) == "RCODE11");
}
