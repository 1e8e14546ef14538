#include "link/address.h"

#include <arpa/inet.h>
#include <fmt/format.h>

namespace halfopen::link {

std::string format(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(address.version == 4 ? AF_INET : AF_INET6, address.octets.data(), text.data(),
            text.size());
  return text.data();
}

std::optional<Address> read_address(const std::string& text) {
  Address address;
  if (inet_pton(AF_INET, text.c_str(), address.octets.data()) == 1) return address;
  address.version = 6;
  if (inet_pton(AF_INET6, text.c_str(), address.octets.data()) == 1) return address;
  return std::nullopt;
}

std::string format(const Endpoint& endpoint) {
  const std::string address = format(endpoint.address);
  return endpoint.address.version == 4 ? fmt::format("{}:{}", address, endpoint.port)
                                       : fmt::format("[{}]:{}", address, endpoint.port);
}

}  // namespace halfopen::link
