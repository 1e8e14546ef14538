// Small bodies travel in the packet itself; larger ones (environments of 100 KB and more) in an
// unnamed file whose descriptor goes along, so that no socket buffer limits them. In place of such
// a body the packet has its "id" alone.
#include "io/net/message.h"

#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/bytes.h"
#include "base/error.h"

namespace halfopen::io {
namespace {

constexpr std::size_t most_inline = 16384;
constexpr std::uint8_t body_inline = 'i';
constexpr std::uint8_t body_in_file = 'f';

/// No request and no answer is nearly as long: a file that is may be a trap.
constexpr off_t longest_body = 64L * 1024 * 1024;

/// For descriptors, and for credentials.
using ControlBuffer =
    std::array<char, CMSG_SPACE(sizeof(int) * (most_descriptors + 1)) + CMSG_SPACE(sizeof(ucred))>;

Descriptor file_of(const Bytes& body) {
  Descriptor file(check_system("make an unnamed file", memfd_create("message", MFD_CLOEXEC)));
  std::size_t written = 0;
  while (written < body.size()) {
    written += static_cast<std::size_t>(check_system(
        "write an unnamed file", ::pwrite(file.get(), body.data() + written, body.size() - written,
                                          static_cast<off_t>(written))));
  }
  return file;
}

Bytes content_of(const Descriptor& file) {
  struct stat info {};
  check_system("look at an unnamed file", ::fstat(file.get(), &info));
  if (info.st_size > longest_body) throw Error("read an unnamed file", "it is too long");
  Bytes body(static_cast<std::size_t>(info.st_size));
  std::size_t have = 0;
  while (have < body.size()) {
    const auto count = check_system(
        "read an unnamed file",
        ::pread(file.get(), body.data() + have, body.size() - have, static_cast<off_t>(have)));
    if (count == 0) throw Error("read an unnamed file", "it is shorter than it was");
    have += static_cast<std::size_t>(count);
  }
  return body;
}

void put_descriptors(msghdr& header, ControlBuffer& buffer, const std::vector<int>& numbers) {
  if (numbers.empty()) return;
  const std::size_t size = sizeof(int) * numbers.size();
  header.msg_control = buffer.data();
  header.msg_controllen = CMSG_SPACE(size);
  cmsghdr* control = CMSG_FIRSTHDR(&header);
  control->cmsg_level = SOL_SOCKET;
  control->cmsg_type = SCM_RIGHTS;
  control->cmsg_len = CMSG_LEN(size);
  std::memcpy(CMSG_DATA(control), numbers.data(), size);
}

std::vector<Descriptor> take_descriptors(msghdr& header) {
  std::vector<Descriptor> taken;
  for (cmsghdr* control = CMSG_FIRSTHDR(&header); control != nullptr;
       control = CMSG_NXTHDR(&header, control)) {
    if (control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_RIGHTS) continue;
    std::vector<int> numbers((control->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    std::memcpy(numbers.data(), CMSG_DATA(control), numbers.size() * sizeof(int));
    for (const int number : numbers) taken.emplace_back(number);
  }
  return taken;
}

pid_t sender_of(msghdr& header) {
  for (cmsghdr* control = CMSG_FIRSTHDR(&header); control != nullptr;
       control = CMSG_NXTHDR(&header, control)) {
    if (control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_CREDENTIALS) continue;
    ucred credentials{};
    std::memcpy(&credentials, CMSG_DATA(control), sizeof credentials);
    return credentials.pid;
  }
  return 0;
}

nlohmann::json id_of(const nlohmann::json& body) {
  nlohmann::json outline = nlohmann::json::object();
  if (body.is_object() && body.contains("id")) outline["id"] = body["id"];
  return outline;
}

/// What the packet says where its descriptors did not fit in.
Message lost(const Bytes& body) {
  Message message = problem_message("receive a message: " + reason_of(EMFILE));
  message.body.update(id_of(nlohmann::json::from_msgpack(body)));
  return message;
}

bool send_packet(int channel, Bytes& packet, const std::vector<int>& numbers, Wait wait) {
  iovec part{packet.data(), packet.size()};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  ControlBuffer buffer{};
  put_descriptors(header, buffer, numbers);
  const int flags = MSG_NOSIGNAL | (wait == Wait::no ? MSG_DONTWAIT : 0);
  while (::sendmsg(channel, &header, flags) < 0) {
    if (errno == EAGAIN && wait == Wait::no) return false;
    if (errno != EINTR) throw_errno("send a message");
  }
  return true;
}

/// Throws Error for what no send() has sent.
void read_body(Message& message, Bytes packet, bool cut) try {
  const bool in_file = packet.front() == body_in_file;
  packet.erase(packet.begin());
  if (cut) {
    message = lost(packet);
    return;
  }
  if (in_file) {
    if (message.descriptors.empty()) throw Error("receive a message", "its body is missing");
    packet = content_of(message.descriptors.back());
    message.descriptors.pop_back();
  }
  message.body = nlohmann::json::from_msgpack(packet);
} catch (const nlohmann::json::exception& failure) {
  throw Error("receive a message", failure.what());
}

}  // namespace

Channel make_channel() {
  std::array<int, 2> ends{};
  check_system("make a channel",
               ::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()));
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

void name_senders(const Descriptor& channel) {
  const int on = 1;
  check_system("ask for the senders of messages",
               ::setsockopt(channel.get(), SOL_SOCKET, SO_PASSCRED, &on, sizeof on));
}

bool send(int channel, const Message& message, Wait wait) {
  if (message.descriptors.size() > most_descriptors) {
    throw Error("send a message", "it has too many descriptors");
  }
  std::vector<int> numbers;
  numbers.reserve(message.descriptors.size());
  for (const Descriptor& descriptor : message.descriptors) numbers.push_back(descriptor.get());
  const Bytes body = nlohmann::json::to_msgpack(message.body);
  Bytes packet;
  if (body.size() <= most_inline) {
    packet.push_back(body_inline);
    append(packet, body);
    return send_packet(channel, packet, numbers, wait);
  }
  const Descriptor file = file_of(body);
  numbers.push_back(file.get());
  packet.push_back(body_in_file);
  append(packet, nlohmann::json::to_msgpack(id_of(message.body)));
  return send_packet(channel, packet, numbers, wait);
}

Received receive(int channel, Wait wait, pid_t only_from) {
  Bytes packet(most_inline + 1);
  iovec part{packet.data(), packet.size()};
  ControlBuffer buffer{};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = buffer.data();
  header.msg_controllen = buffer.size();
  const int flags = MSG_CMSG_CLOEXEC | (wait == Wait::no ? MSG_DONTWAIT : 0);
  ssize_t count = 0;
  while ((count = ::recvmsg(channel, &header, flags)) < 0) {
    if (errno == EAGAIN && wait == Wait::no) return {};
    if (errno == ECONNRESET) return {Arrival::closed, {}, 0};
    if (errno != EINTR) throw_errno("receive a message");
  }
  Received received{Arrival::message, {}, sender_of(header)};
  received.message.descriptors = take_descriptors(header);
  if (count == 0) return {Arrival::closed, {}, 0};
  if (only_from != 0 && received.sender != only_from)
    throw Error("receive a message", "it comes from a stranger");
  if ((header.msg_flags & MSG_TRUNC) != 0) throw Error("receive a message", "it is too long");
  packet.resize(static_cast<std::size_t>(count));
  read_body(received.message, packet, (header.msg_flags & MSG_CTRUNC) != 0);
  return received;
}

Message problem_message(const std::string& problem) { return {{{"problem", problem}}, {}}; }

std::string problem_of(const Message& message) {
  return message.body.is_object() ? message.body.value("problem", "") : "";
}

}  // namespace halfopen::io
