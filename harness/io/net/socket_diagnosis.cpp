#include "io/net/socket_diagnosis.h"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <cstring>

namespace halfopen::io {
namespace {

struct Request {
  nlmsghdr header{};
  inet_diag_req_v2 asked{};
};

/// Only connections that may still send.
constexpr std::uint32_t states = 1U << TCP_ESTABLISHED | 1U << TCP_CLOSE_WAIT |
                                 1U << TCP_FIN_WAIT1 | 1U << TCP_CLOSING | 1U << TCP_LAST_ACK;

bool ask(const Descriptor& diagnosis, std::uint8_t family) {
  Request request;
  request.header.nlmsg_len = sizeof request;
  request.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  request.asked.sdiag_family = family;
  request.asked.sdiag_protocol = IPPROTO_TCP;
  request.asked.idiag_states = states;
  return ::send(diagnosis.get(), &request, sizeof request, 0) == sizeof request;
}

/// Looks through one packet of the answer; false once it is the last.
bool look_through(const char* buffer, std::size_t size, std::uint16_t port,
                  std::optional<std::uint64_t>& found) {
  while (size >= sizeof(nlmsghdr)) {
    nlmsghdr header{};
    std::memcpy(&header, buffer, sizeof header);
    if (header.nlmsg_len < sizeof header || header.nlmsg_len > size) return false;
    if (header.nlmsg_type == NLMSG_DONE || header.nlmsg_type == NLMSG_ERROR) return false;
    inet_diag_msg one{};
    if (header.nlmsg_len >= NLMSG_HDRLEN + sizeof one) {
      std::memcpy(&one, buffer + NLMSG_HDRLEN, sizeof one);
      if (ntohs(one.id.idiag_sport) == port) found = one.idiag_wqueue;
    }
    const std::size_t step = std::min<std::size_t>(NLMSG_ALIGN(header.nlmsg_len), size);
    buffer += step;
    size -= step;
  }
  return true;
}

}  // namespace

Descriptor open_diagnosis() {
  return Descriptor(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
}

std::optional<std::uint64_t> send_queue_of(const Descriptor& diagnosis, std::uint16_t port) {
  constexpr std::size_t largest_answer = 32 * 1024;
  std::optional<std::uint64_t> found;
  if (!diagnosis) return found;
  for (const int family : {AF_INET, AF_INET6}) {
    if (!ask(diagnosis, static_cast<std::uint8_t>(family))) continue;
    std::array<char, largest_answer> buffer{};
    for (;;) {
      const ssize_t size = ::recv(diagnosis.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
      if (size <= 0) return found;
      if (!look_through(buffer.data(), static_cast<std::size_t>(size), port, found)) break;
    }
  }
  return found;
}

}  // namespace halfopen::io
