#include "io/net/untraceable.h"

#include <sys/prctl.h>

#include "base/error.h"

namespace halfopen::io {

// The kernel has a third state, which only it can bring about, and which is as good.
Untraceable::Untraceable()
    : traceable_before_(check_system("ask who may trace this process", ::prctl(PR_GET_DUMPABLE)) ==
                        1) {
  if (traceable_before_) check_system("be nobody's to trace", ::prctl(PR_SET_DUMPABLE, 0));
}

Untraceable::~Untraceable() {
  if (traceable_before_) ::prctl(PR_SET_DUMPABLE, 1);
}

}  // namespace halfopen::io
