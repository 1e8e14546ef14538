// `include`: what several scenarios share, in files of its own.
#pragma once

#include <functional>
#include <string>

#include "scenario/document.h"
#include "scenario/problems.h"
#include "scenario/sources.h"

namespace halfopen::scenario {

/// Reads a part; throws Error.
using ReadPart = std::function<std::string(const std::string& path)>;

/// The document of `sources`' own file with all that it includes laid beneath it, and without
/// `include`. Of a table in both, keys are taken one by one, and those of the including file win;
/// the tables of an array ([[attempt]]) follow those that were included. Each file counts once,
/// however often it is included, and is added to `sources`. Reports what cannot be had.
[[nodiscard]] Node::Table with_parts(Node::Table document, Sources& sources, const ReadPart& read,
                                     Problems& problems);

}  // namespace halfopen::scenario
