// TLS alerts by name.
#include <catch2/catch.hpp>

#include "crypto/alert.h"

using halfopen::crypto::alert_name;
using halfopen::crypto::alert_names;
using halfopen::crypto::alert_number;

TEST_CASE("alerts have their registered names") {
  CHECK(alert_name(0) == "close_notify");
  CHECK(alert_name(48) == "unknown_ca");
  CHECK(alert_name(120) == "no_application_protocol");
}

TEST_CASE("an unassigned alert is named by its number") { CHECK(alert_name(200) == "alert-200"); }

TEST_CASE("every alert is found again by its name") {
  for (int number = 0; number < 256; ++number) CHECK(alert_number(alert_name(number)) == number);
  for (const std::string& name : alert_names()) CHECK(alert_number(name));
}

TEST_CASE("what names no alert has no number") {
  for (const char* name : {"", "unknown-ca", "alert-", "alert-256", "alert-x", "alert-1 "})
    CHECK_FALSE(alert_number(name));
}
