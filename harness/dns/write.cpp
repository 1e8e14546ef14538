// Writing answers, and the names of what stands in them.
#include <fmt/format.h>

#include "dns/message.h"

namespace halfopen::dns {
namespace {

constexpr std::uint16_t class_internet = 1;
/// The question's name stands right behind the head of 12 bytes (RFC 1035, section 4.1.4).
constexpr std::uint16_t pointer_to_question = 0xc00c;

void add(Bytes& out, std::uint16_t number) {
  out.push_back(static_cast<std::uint8_t>(number >> 8U));
  out.push_back(static_cast<std::uint8_t>(number & 0xffU));
}

std::uint16_t flags_of(const Query& query, const Answer& answer) {
  unsigned flags = 0x8080;  // An answer; recursion is available.
  flags |= static_cast<unsigned>(query.opcode) << 11U;
  if (answer.truncated) flags |= 0x0200;
  if (query.recursion_desired) flags |= 0x0100;
  return static_cast<std::uint16_t>(flags | static_cast<unsigned>(answer.code));
}

void add_address(Bytes& out, const Query& query, ByteView address, std::uint32_t ttl) {
  add(out, pointer_to_question);
  add(out, query.type);
  add(out, class_internet);
  add(out, static_cast<std::uint16_t>(ttl >> 16U));
  add(out, static_cast<std::uint16_t>(ttl & 0xffffU));
  add(out, static_cast<std::uint16_t>(address.size()));
  append(out, address);
}

/// An OPT record that allows for 1232 bytes over UDP (RFC 6891, section 6.1.2).
void add_opt(Bytes& out) {
  constexpr std::uint8_t opt[] = {0, 0, 41, 0x04, 0xd0, 0, 0, 0, 0, 0, 0};
  append(out, opt);
}

}  // namespace

std::string name_of_type(std::uint16_t type) {
  switch (type) {
    case type_a:
      return "A";
    case 2:
      return "NS";
    case 5:
      return "CNAME";
    case 6:
      return "SOA";
    case 12:
      return "PTR";
    case 15:
      return "MX";
    case 16:
      return "TXT";
    case type_aaaa:
      return "AAAA";
    case 33:
      return "SRV";
    case 64:
      return "SVCB";
    case 65:
      return "HTTPS";
    case 255:
      return "ANY";
    default:
      return fmt::format("TYPE{}", type);
  }
}

std::string name_of_rcode(int code) {
  switch (code) {
    case rcode::none:
      return "NOERROR";
    case rcode::format_error:
      return "FORMERR";
    case rcode::server_failure:
      return "SERVFAIL";
    case rcode::no_such_name:
      return "NXDOMAIN";
    case rcode::not_implemented:
      return "NOTIMP";
    case rcode::refused:
      return "REFUSED";
    default:
      return fmt::format("RCODE{}", code);
  }
}

Bytes write_answer(const Query& query, const Answer& answer) {
  Bytes out;
  add(out, query.id);
  add(out, flags_of(query, answer));
  add(out, 1);
  add(out, static_cast<std::uint16_t>(answer.addresses.size()));
  add(out, 0);
  add(out, query.edns ? 1 : 0);
  append(out, query.question);
  for (const Bytes& address : answer.addresses) add_address(out, query, address, answer.ttl);
  if (query.edns) add_opt(out);
  return out;
}

}  // namespace halfopen::dns
