// Blocks byte by byte, as draft-ietf-opsawg-pcapng spells them out.
#include "capture/pcapng.h"

#include <catch2/catch.hpp>

#include "support/hex.h"

using namespace halfopen;
using namespace halfopen::capture;
using tests::from_hex;

namespace {

std::uint32_t number32(const Bytes& bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 4; i-- > 0;) number = number << 8 | bytes.at(at + i);
  return number;
}

/// Both lengths of a block are its size, which is a multiple of four (section 3.1).
void check_lengths(const Bytes& block) {
  REQUIRE(block.size() % 4 == 0);
  CHECK(number32(block, 4) == block.size());
  CHECK(number32(block, block.size() - 4) == block.size());
}

}  // namespace

TEST_CASE("a section header block (section 4.1)") {
  CHECK(section_header({"ho 1", "about"}) ==
        from_hex("0a0d0d0a 34000000 4d3c2b1a 0100 0000 ffffffffffffffff"
                 "0100 0500 61626f7574 000000"  // opt_comment, padded
                 "0400 0400 686f2031"           // shb_userappl
                 "0000 0000 34000000"));
}

TEST_CASE("a section that nothing is said of has no options") {
  CHECK(section_header({}) ==
        from_hex("0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000"));
}

TEST_CASE("an interface description block (section 4.2)") {
  CHECK(interface_description({"a b", "desc"}) ==
        from_hex("01000000 30000000 6500 0000 00000000"  // LINKTYPE_RAW, no limit
                 "0200 0300 612062 00"                   // if_name
                 "0300 0400 64657363"                    // if_description
                 "0900 0100 09 000000"                   // if_tsresol: 10^-9
                 "0000 0000 30000000"));
}

TEST_CASE("an enhanced packet block (section 4.3)") {
  const Bytes bytes = from_hex("4500000102");
  CHECK(packet({.interface = 1,
                .at = Duration(0x0000000200000001),
                .bytes = bytes,
                .size = 1500,
                .way = Way::out,
                .comments = {"xyzw", "v"}}) ==
        from_hex("06000000 44000000 01000000"
                 "02000000 01000000"    // the upper half of the time, then the lower
                 "05000000 dc050000"    // kept, and on the wire
                 "4500000102 000000"    // padded
                 "0100 0400 78797a77"   // opt_comment …
                 "0100 0100 76 000000"  // … and another
                 "0200 0400 02000000"   // epb_flags: outbound
                 "0000 0000 44000000"));
}

TEST_CASE("blocks are padded to four bytes, whatever is in them") {
  for (std::size_t size = 0; size < 9; ++size) {
    CAPTURE(size);
    const Bytes bytes(size, 0x45);
    const std::string text(size, 'x');
    check_lengths(packet({.bytes = bytes, .size = size, .comments = {text}}));
    check_lengths(section_header({text, text}));
    check_lengths(interface_description({text, text}));
    check_lengths(name_resolution(std::vector<Name>{{{1, 2, 3, 4}, {text}}}));
    check_lengths(tls_secrets(text));
    check_lengths(interface_statistics({.comment = text}));
  }
}

TEST_CASE("a comment is cut where an option ends, but not in a character") {
  const std::string text = std::string(longest_option - 1, 'a') + "é";
  const Bytes block = packet({.bytes = {}, .size = 0, .comments = {text}});
  check_lengths(block);
  CHECK(block.at(28) == 1);  // opt_comment …
  CHECK((block.at(30) | block.at(31) << 8) == longest_option - 1);
  CHECK(block.at(32 + longest_option - 1) == 0);  // … without half a letter behind it
}

TEST_CASE("a name resolution block (section 4.5)") {
  const std::vector<Name> names{{{192, 0, 2, 1}, {"a.test", "b"}},
                                {{0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, {"c"}}};
  CHECK(name_resolution(names) == from_hex("04000000 3c000000"
                                           "0100 0d00 c0000201 612e7465737400 6200 000000"
                                           "0200 1200 20010db8000000000000000000000001 6300 0000"
                                           "0000 0000 3c000000"));
}

TEST_CASE("what is no name, or has none, is left out of name resolution") {
  const std::vector<Name> names{
      {{1, 2, 3}, {"short"}}, {{1, 2, 3, 4}, {}}, {{1, 2, 3, 4}, {"", std::string("a\0b", 3)}}};
  CHECK(name_resolution(names) == from_hex("04000000 10000000 00000000 10000000"));
}

TEST_CASE("a decryption secrets block (section 4.7)") {
  CHECK(tls_secrets("CLIENT_RANDOM a b\n") ==
        from_hex("0a000000 28000000 4b534c54 12000000"
                 "434c49454e545f52414e444f4d206120620a 0000 28000000"));
}

TEST_CASE("an interface statistics block (section 4.6)") {
  CHECK(interface_statistics({.interface = 1,
                              .began = Duration(0x0000000100000002),
                              .ended = Duration(0x0000000300000004),
                              .received = 7,
                              .dropped = 5,
                              .comment = "c"}) ==
        from_hex("05000000 54000000 01000000 03000000 04000000"
                 "0100 0100 63 000000"
                 "0200 0800 01000000 02000000"  // isb_starttime
                 "0300 0800 03000000 04000000"  // isb_endtime
                 "0400 0800 0700000000000000"   // isb_ifrecv
                 "0500 0800 0500000000000000"   // isb_ifdrop
                 "0000 0000 54000000"));
}
