#include "io/net/device.h"

#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/error.h"

namespace halfopen::io {
namespace {

bool is_ip(std::span<const std::uint8_t> frame) {
  if (frame.size() <= ETH_HLEN) return false;
  const int type = frame[ETH_HLEN - 2] << 8 | frame[ETH_HLEN - 1];
  return type == ETHERTYPE_IP || type == ETHERTYPE_IPV6;
}

/// Whether the failed call just means "not now": no packet, or a cable that is unplugged.
bool is_passing(int error) { return error == EAGAIN || error == ENETDOWN; }

/// Whether the failed call says that the descriptor itself is wrong; all other errors speak of the
/// packet.
bool is_broken(int error) { return error == EBADF || error == EBADFD || error == EFAULT; }

/// A veth device has a carrier as long as its other end, that of the packet socket, is up.
void switch_outer_end(int socket, bool up) {
  sockaddr_ll address{};
  socklen_t size = sizeof address;
  check_system("find a packet socket's device",
               ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size));
  ifreq request{};
  request.ifr_ifindex = address.sll_ifindex;
  check_system("find a device's name", ::ioctl(socket, SIOCGIFNAME, &request));
  check_system("read a device's flags", ::ioctl(socket, SIOCGIFFLAGS, &request));
  const auto flags = static_cast<unsigned>(static_cast<unsigned short>(request.ifr_flags));
  request.ifr_flags = static_cast<short>(up ? flags | IFF_UP : flags & ~unsigned{IFF_UP});
  check_system("switch a device", ::ioctl(socket, SIOCSIFFLAGS, &request));
  // A device that goes down leaves an error in the socket, for which libuv would stop polling it.
  int error = 0;
  socklen_t error_size = sizeof error;
  check_system("clear a packet socket's error",
               ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &error_size));
}

}  // namespace

std::optional<std::span<std::uint8_t>> read_packet(const Device& device,
                                                   std::span<std::uint8_t> buffer) {
  while (true) {
    const ssize_t count = ::read(device.descriptor.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && is_passing(errno)) return std::nullopt;
    check_system("read from a packet device", count);
    const std::span<std::uint8_t> frame = buffer.first(static_cast<std::size_t>(count));
    if (!device.is_socket) return frame;
    if (is_ip(frame)) return frame.subspan(ETH_HLEN);
  }
}

bool write_packet(const Device& device, ByteView packet) {
  if (packet.empty()) return true;
  const bool is_ipv6 = packet.front() >> 4 == 6;
  const std::vector<std::uint8_t>& header = is_ipv6 ? device.header6 : device.header4;
  // writev only reads through these pointers.
  const std::array<iovec, 2> parts{iovec{const_cast<std::uint8_t*>(header.data()), header.size()},
                                   iovec{const_cast<std::uint8_t*>(packet.data()), packet.size()}};
  const auto first = header.empty() ? 1U : 0U;
  while (::writev(device.descriptor.get(), parts.data() + first,
                  static_cast<int>(parts.size() - first)) < 0) {
    if (errno == EAGAIN) return false;
    if (is_broken(errno)) throw_errno("write to a packet device");
    if (errno != EINTR) return true;
  }
  return true;
}

void set_carrier(const Device& device, bool carrier) {
  if (device.is_socket) return switch_outer_end(device.descriptor.get(), carrier);
  int on = carrier ? 1 : 0;
  check_system("change the carrier of a TUN device",
               ::ioctl(device.descriptor.get(), TUNSETCARRIER, &on));
}

std::uint64_t take_unread_drops(const Device& device) {
  if (!device.is_socket) return 0;
  tpacket_stats counts{};
  socklen_t size = sizeof counts;
  check_system("ask for dropped packets", ::getsockopt(device.descriptor.get(), SOL_PACKET,
                                                       PACKET_STATISTICS, &counts, &size));
  return counts.tp_drops;
}

}  // namespace halfopen::io
