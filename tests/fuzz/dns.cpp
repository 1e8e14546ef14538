// The queries that a client's resolver, or a client with a socket of its own, sends to the
// resolver.
#include "dns/message.h"

using namespace halfopen;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const ByteView message(data, size);
  const auto query = dns::read_query(message);
  if (!query) {
    (void)dns::complaint_about(message);
    return 0;
  }
  dns::Answer answer;
  answer.addresses.assign(2, Bytes(query->type == dns::type_aaaa ? 16 : 4, 1));
  (void)dns::write_answer(*query, answer);
  return 0;
}
