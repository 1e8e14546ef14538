#include "io/net/netlink_request.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

#include "base/error.h"

namespace halfopen::io {
namespace {

constexpr std::size_t aligned(std::size_t size) { return (size + 3U) & ~std::size_t{3}; }

/// The payload of the answer; throws if it is a refusal.
Bytes payload_of(ByteView answer, std::string_view attempt) {
  nlmsghdr header{};
  if (answer.size() < sizeof header) throw Error(attempt, "the kernel's answer is cut short");
  std::memcpy(&header, answer.data(), sizeof header);
  const ByteView payload = answer.subspan(sizeof header);
  if (header.nlmsg_type != NLMSG_ERROR) return {payload.begin(), payload.end()};
  nlmsgerr refusal{};
  if (payload.size() < sizeof refusal.error) throw Error(attempt, "the answer is cut short");
  std::memcpy(&refusal.error, payload.data(), sizeof refusal.error);
  if (refusal.error != 0) throw Error(attempt, std::strerror(-refusal.error));
  return {};
}

}  // namespace

NetlinkRequest::NetlinkRequest(std::uint16_t kind, std::uint16_t flags) {
  nlmsghdr header{};
  header.nlmsg_type = kind;
  header.nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
  put(&header, sizeof header);
}

void NetlinkRequest::put(const void* data, std::size_t size) {
  const auto* from = static_cast<const std::uint8_t*>(data);
  bytes_.insert(bytes_.end(), from, from + size);
  bytes_.resize(aligned(bytes_.size()));
}

void NetlinkRequest::add(std::uint16_t attribute, ByteView value) {
  rtattr header{};
  header.rta_type = attribute;
  header.rta_len = static_cast<std::uint16_t>(sizeof header + value.size());
  put(&header, sizeof header);
  put(value.data(), value.size());
}

void NetlinkRequest::add(std::uint16_t attribute, std::string_view text) {
  Bytes value(text.begin(), text.end());
  value.push_back(0);
  add(attribute, ByteView(value));
}

void NetlinkRequest::add(std::uint16_t attribute, std::uint32_t value) {
  std::array<std::uint8_t, sizeof value> bytes{};
  std::memcpy(bytes.data(), &value, sizeof value);
  add(attribute, ByteView(bytes));
}

std::size_t NetlinkRequest::begin(std::uint16_t attribute) {
  const std::size_t nest = bytes_.size();
  add(attribute, ByteView{});
  return nest;
}

void NetlinkRequest::end(std::size_t nest) {
  const auto size = static_cast<std::uint16_t>(bytes_.size() - nest);
  std::memcpy(bytes_.data() + nest, &size, sizeof size);
}

Bytes NetlinkRequest::exchange(int socket, std::string_view attempt) {
  const auto size = static_cast<std::uint32_t>(bytes_.size());
  std::memcpy(bytes_.data(), &size, sizeof size);
  check_system(attempt, ::send(socket, bytes_.data(), bytes_.size(), 0));
  Bytes answer(32768);
  ssize_t count = 0;
  while ((count = ::recv(socket, answer.data(), answer.size(), 0)) < 0) {
    if (errno != EINTR) throw_errno(attempt);
  }
  return payload_of(ByteView(answer).first(static_cast<std::size_t>(count)), attempt);
}

ByteView find_attribute(ByteView attributes, std::uint16_t attribute) {
  while (attributes.size() >= sizeof(rtattr)) {
    rtattr header{};
    std::memcpy(&header, attributes.data(), sizeof header);
    if (header.rta_len < sizeof header || header.rta_len > attributes.size()) return {};
    if ((header.rta_type & NLA_TYPE_MASK) == attribute) {
      return attributes.subspan(sizeof header, header.rta_len - sizeof header);
    }
    attributes = attributes.subspan(std::min(aligned(header.rta_len), attributes.size()));
  }
  return {};
}

}  // namespace halfopen::io
