#include "support/dissecting.h"

#include <unistd.h>

#include <catch2/catch.hpp>

#include "base/pattern.h"
#include "support/asking.h"
#include "support/machine.h"
#include "support/program.h"
#include "support/skip.h"

namespace halfopen::e2e {
namespace {

using tests::Row;

/// What tshark prints of the packets of the row's capture that pass the filter.
std::string dissection(const Scratch& scratch, const Row& row, const std::string& filter) {
  const Ended ended =
      run_program({.arguments = {"-n", "-r", name_of(row) + ".test.pcap", "-V", "-Y", filter},
                   .directory = scratch.path(),
                   .program = "tshark"});
  INFO(ended.whole());
  REQUIRE(ended.code == 0);
  return ended.out;
}

void check_capture(const Scratch& scratch, const Row& row) {
  const std::string seen = dissection(scratch, row, row.filter);
  CHECK_FALSE(seen.empty());
  if (!row.says.empty()) {
    INFO(row.says << "\nin\n" << seen);
    CHECK(found_in(seen, row.says));
  }
  if (!row.never.empty()) {
    INFO("there must be no " << row.never);
    CHECK(dissection(scratch, row, row.never).empty());
  }
}

/// The client of someone without rights has none to watch its own network either.
bool may_capture() {
  if (::geteuid() == 0) return true;
  tests::skip("only root may capture packets");
  return false;
}

}  // namespace

void dissect(tests::Outsider outsider, const std::set<std::string>& layers) {
  if (!is_installed(outsider) || !may_capture() || !has_packet_link()) return;
  std::erase_if(outsider.rows, [&](const Row& row) { return !layers.contains(row.layer()); });
  REQUIRE_FALSE(outsider.rows.empty());
  const Scratch scratch;
  show(outsider, scratch);
  for (const Row& row : outsider.rows) {
    INFO(outsider.file << ":" << row.line << ": " << row.subject() << "\n" << row.filter);
    check_capture(scratch, row);
  }
}

}  // namespace halfopen::e2e
