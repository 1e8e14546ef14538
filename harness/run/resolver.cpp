#include "run/resolver.h"

#include <algorithm>
#include <cctype>

namespace halfopen::run {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string in_words(const dns::Answer& answer) {
  if (answer.truncated) return "truncated";
  if (answer.code != dns::rcode::none) return dns::name_of_rcode(answer.code);
  if (answer.addresses.empty()) return "no data";
  std::string words;
  for (const Bytes& bytes : answer.addresses) {
    link::Address address;
    address.version = bytes.size() == 4 ? 4 : 6;
    std::copy(bytes.begin(), bytes.end(), address.octets.begin());
    words += (words.empty() ? "" : ", ") + link::format(address);
  }
  return words + (answer.ttl > 0 ? " for " + std::to_string(answer.ttl) + " s" : "");
}

ResolverReply reply_with(const dns::Query& query, dns::Transport transport,
                         const dns::Answer& answer) {
  ResolverReply reply;
  reply.bytes = dns::write_answer(query, answer);
  reply.code = answer.code;
  reply.noted = {query.name,
                 dns::name_of_type(query.type),
                 transport == dns::Transport::udp ? "udp" : "tcp",
                 in_words(answer),
                 {}};
  return reply;
}

}  // namespace

bool Resolver::is_server(const dns::Query& query) const {
  const std::string host = lower(server_.host);
  return query.name == host || query.name.starts_with(host + ".");
}

std::vector<link::Address> Resolver::addresses(std::uint16_t type,
                                               const faults::Resolution& resolution) const {
  const bool has4 = server_.addresses != scenario::Addresses::ipv6;
  const bool has6 = server_.addresses != scenario::Addresses::ipv4;
  if (type == dns::type_a && has4) return {resolution.elsewhere ? places_.other4 : places_.usual4};
  if (type != dns::type_aaaa) return {};
  if (resolution.dead_ipv6) return {places_.nowhere6};
  if (has6) return {resolution.elsewhere ? places_.other6 : places_.usual6};
  return {};
}

dns::Answer Resolver::make_answer(const dns::Query& query, dns::Transport transport,
                                  const faults::Resolution& resolution) const {
  dns::Answer answer;
  if (query.opcode != 0) {
    answer.code = dns::rcode::not_implemented;
  } else if (resolution.truncated && transport == dns::Transport::udp) {
    answer.truncated = true;
  } else if (resolution.code != dns::rcode::none) {
    answer.code = resolution.code;
  } else if (query.name.size() != server_.host.size()) {  // A variant from a search list.
    answer.code = dns::rcode::no_such_name;
  } else if (!resolution.empty) {
    answer.ttl = resolution.ttl;
    for (const link::Address& address : addresses(query.type, resolution))
      answer.addresses.emplace_back(address.bytes().begin(), address.bytes().end());
  }
  return answer;
}

ResolverReply Resolver::answer(const dns::Query& query, dns::Transport transport,
                               const faults::Resolution& resolution) const {
  using Tcp = faults::Resolution::Tcp;
  ResolverReply reply = reply_with(query, transport, make_answer(query, transport, resolution));
  reply.delay = reply.noted.delay = resolution.delay;
  const bool tcp_silent = resolution.tcp == Tcp::says_nothing;
  if (resolution.silent || (transport == dns::Transport::tcp && tcp_silent)) {
    reply.bytes.clear();
    reply.noted.answer = "nothing";
  }
  if (resolution.resolves()) return reply;
  const bool silent = resolution.silent || tcp_silent;
  reply.end = silent ? ResolverReply::End::silence : ResolverReply::End::failed;
  return reply;
}

ResolverReply Resolver::answer_other(const dns::Query& query, dns::Transport transport) {
  dns::Answer answer;
  answer.code = query.opcode == 0 ? dns::rcode::no_such_name : dns::rcode::not_implemented;
  return reply_with(query, transport, answer);
}

ResolverReply Resolver::answer_unreadable(ByteView message, dns::Transport transport) {
  ResolverReply reply;
  reply.bytes = dns::complaint_about(message);
  reply.noted.transport = transport == dns::Transport::udp ? "udp" : "tcp";
  reply.noted.answer = reply.bytes.empty() ? "nothing" : "FORMERR";
  return reply;
}

}  // namespace halfopen::run
