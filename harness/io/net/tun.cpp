#include "io/net/tun.h"

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sys/ioctl.h>

#include <cstring>

#include "base/error.h"

namespace halfopen::io {

Device open_tun(const char* name) {
  Device device;
  device.descriptor = Descriptor(
      check_system("open /dev/net/tun", ::open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC)));
  ifreq request{};
  std::strncpy(request.ifr_name, name, IFNAMSIZ - 1);
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  check_system("make a TUN device", ::ioctl(device.descriptor.get(), TUNSETIFF, &request));
  return device;
}

}  // namespace halfopen::io
