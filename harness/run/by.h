// Who did what ended a connection.
#pragma once

#include "trace/event.h"

namespace halfopen::run {

using trace::By;

}  // namespace halfopen::run
