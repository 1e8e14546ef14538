#include "io/net/capabilities.h"

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/error.h"

namespace halfopen::io {
namespace {

constexpr std::array kept{CAP_CHOWN,   CAP_DAC_OVERRIDE, CAP_FOWNER,           CAP_FSETID,
                          CAP_KILL,    CAP_SETGID,       CAP_SETUID,           CAP_SETPCAP,
                          CAP_SETFCAP, CAP_SYS_CHROOT,   CAP_NET_BIND_SERVICE, CAP_IPC_LOCK,
                          CAP_SYS_NICE};

/// What exec gives to root is the bounding set and what it inherits; both of the latter go.
void inherit_nothing() {
  ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);  // older kernels have none
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> sets{};
  check_system("read capabilities", ::syscall(SYS_capget, &header, sets.data()));
  for (__user_cap_data_struct& set : sets) set.inheritable = 0;
  check_system("drop capabilities", ::syscall(SYS_capset, &header, sets.data()));
}

}  // namespace

void drop_capabilities(bool may_capture) {
  for (int capability = 0; capability < 64; ++capability) {
    if (std::find(kept.begin(), kept.end(), capability) != kept.end()) continue;
    if (may_capture && capability == CAP_NET_RAW) continue;
    // EINVAL: this kernel has no more. EPERM: without SETPCAP, a process is not root.
    if (::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0 && errno != EINVAL && errno != EPERM)
      throw_errno("drop capabilities");
  }
  inherit_nothing();
}

}  // namespace halfopen::io
