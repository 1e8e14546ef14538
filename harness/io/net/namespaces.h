// User and network namespaces (namespaces(7)).
#pragma once

#include "base/descriptor.h"

namespace halfopen::io {

/// Moves this process into a new user namespace that knows its own user and group id only, each
/// mapped to itself: the process has every capability there, and a program that it executes has
/// none (capabilities(7): an id other than 0 loses them at exec).
void enter_new_user_namespace();

/// Moves this process into a new network namespace, and returns a descriptor of it.
[[nodiscard]] Descriptor enter_new_network_namespace();

/// A descriptor of this process's namespace of a kind: "net", "user", …
[[nodiscard]] Descriptor current_namespace(const char* kind);

/// Moves this process into a namespace. Order matters: a user namespace first, for the capabilities
/// that the others ask for.
void enter_user_namespace(int descriptor);
void enter_network_namespace(int descriptor);

}  // namespace halfopen::io
