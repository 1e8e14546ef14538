// Who did what ended a connection.
#pragma once

#include "trace/words.h"

namespace halfopen::run {

using trace::By;

}  // namespace halfopen::run
