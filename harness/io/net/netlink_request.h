// One netlink request while it is being written, and the kernel's answer (netlink(7)).
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/bytes.h"

namespace halfopen::io {

class NetlinkRequest {
 public:
  /// `header` is the fixed part of this kind of request: ifinfomsg, ifaddrmsg, rtmsg.
  template <class Header>
  NetlinkRequest(std::uint16_t kind, std::uint16_t flags, const Header& header)
      : NetlinkRequest(kind, flags) {
    put(&header, sizeof header);
  }

  void add(std::uint16_t attribute, ByteView value);
  void add(std::uint16_t attribute, std::string_view text);  ///< With a NUL at its end.
  void add(std::uint16_t attribute, std::uint32_t value);

  /// Attributes that are added until end() become parts of this one.
  [[nodiscard]] std::size_t begin(std::uint16_t attribute);
  void end(std::size_t nest);
  /// Bytes as they are: the fixed part of a peer inside a veth's attributes.
  void put(const void* data, std::size_t size);

  /// Sends it and returns the kernel's answer: the payload behind the netlink header, or nothing
  /// for a mere acknowledgement. Throws Error("attempt: reason") if the kernel refuses.
  Bytes exchange(int socket, std::string_view attempt);

 private:
  NetlinkRequest(std::uint16_t kind, std::uint16_t flags);

  Bytes bytes_;
};

/// The value of an attribute in a row of attributes, or nothing.
[[nodiscard]] ByteView find_attribute(ByteView attributes, std::uint16_t attribute);

}  // namespace halfopen::io
