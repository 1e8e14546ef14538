// What a client that is root may not do (capabilities(7)).
#pragma once

namespace halfopen::io {

/// From the next exec on this process and its descendants have only those capabilities that
/// programs need for their own affairs: to change files' owners and their own user, to bind low
/// ports, to signal. Gone, for good, is what reaches beyond: SYS_ADMIN (mounts, namespaces),
/// SYS_PTRACE, SYS_MODULE, NET_ADMIN and the like, and NET_RAW where it may not capture packets.
/// Throws Error if the kernel refuses.
void drop_capabilities(bool may_capture);

}  // namespace halfopen::io
