// TLS alerts by name.
#include <catch2/catch.hpp>

#include "crypto/alert.h"

using halfopen::crypto::alert_name;

TEST_CASE("alerts have their registered names") {
  CHECK(alert_name(0) == "close_notify");
  CHECK(alert_name(48) == "unknown_ca");
  CHECK(alert_name(120) == "no_application_protocol");
}

TEST_CASE("an unassigned alert is named by its number") { CHECK(alert_name(200) == "alert-200"); }
