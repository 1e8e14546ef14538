// DNS messages (RFC 1035, section 4) as the resolver of a world needs them: queries are read,
// answers are written. Pure and bounded: a query may hold any bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace halfopen::dns {

/// How a message travels; over TCP its length stands before it (RFC 1035, section 4.2.2).
enum class Transport { udp, tcp };

/// The types of records that matter here (RFC 1035, 3.2.2; RFC 3596).
inline constexpr std::uint16_t type_a = 1;
inline constexpr std::uint16_t type_aaaa = 28;
/// "A", "AAAA", "HTTPS"; "TYPE4711" for one without a name here (RFC 3597, section 5).
[[nodiscard]] std::string name_of_type(std::uint16_t type);

/// How an answer says that something went wrong (RFC 1035, section 4.1.1).
namespace rcode {
inline constexpr int none = 0;
inline constexpr int format_error = 1;
inline constexpr int server_failure = 2;
inline constexpr int no_such_name = 3;
inline constexpr int not_implemented = 4;
inline constexpr int refused = 5;
}  // namespace rcode
/// "NOERROR", "NXDOMAIN" … as dig prints them.
[[nodiscard]] std::string name_of_rcode(int code);

/// A query with one question.
struct Query {
  std::uint16_t id = 0;
  int opcode = 0;  ///< 0 is a standard query.
  bool recursion_desired = false;
  std::string name;  ///< In lower case, without the dot at its end: "server.test". Not printable
                     ///< bytes and dots within a label are escaped as \DDD (RFC 1035, 5.1).
  std::uint16_t type = type_a;
  Bytes question;     ///< The question as it came, for the answer to repeat.
  bool edns = false;  ///< It has an OPT record, so the answer must have one (RFC 6891, 6.1.1).
};

/// Nothing where the message is no query with just one question: too short, cut off, an answer, a
/// name that is too long or compressed (a first name has nothing to point back to).
[[nodiscard]] std::optional<Query> read_query(ByteView message);

/// What to say about a message that read_query does not take: FORMERR, or nothing at all (empty)
/// where it is itself an answer or has no head.
[[nodiscard]] Bytes complaint_about(ByteView message);

struct Answer {
  int code = rcode::none;
  bool truncated = false;
  std::vector<Bytes> addresses{};  ///< Of 4 bytes for an A query, of 16 for an AAAA query.
  std::uint32_t ttl = 0;           ///< Seconds.
};
/// The whole message in answer to `query`.
[[nodiscard]] Bytes write_answer(const Query& query, const Answer& answer);

}  // namespace halfopen::dns
