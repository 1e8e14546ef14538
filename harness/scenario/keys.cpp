#include "scenario/keys.h"

#include "scenario/sections.h"

namespace halfopen::scenario {

std::span<const Section* const> scenario_sections() {
  using namespace sections;
  static const std::vector<const Section*> all{&scenario,     &server,
                                               &connections,  &read_step,
                                               &write_step,   &server_proxy,
                                               &page,         &link,
                                               &loss,         &idle,
                                               &mtu,          &kernel,
                                               &attempt,      &dns,
                                               &port,         &proxy,
                                               &tls,          &handshake,
                                               &auth,         &every_step,
                                               &sending_step, &send_step,
                                               &send,         &match,
                                               &expect_step,  &expect_close_step,
                                               &ping_step,    &wait_step,
                                               &echo_step,    &close_step,
                                               &close_fault,  &drop_step,
                                               &drop,         &raw_step,
                                               &raw,          &frame_step,
                                               &frame,        &frame_fault,
                                               &link_step,    &tell_step,
                                               &at,           &when,
                                               &reply,        &reply_to,
                                               &reply_with,   &every,
                                               &expect,       &curve,
                                               &messages,     &expect_request,
                                               &closes_with,  &client_expectations,
                                               &client_event};
  return all;
}

std::span<const Section* const> client_sections() {
  using namespace sections;
  static const std::vector<const Section*> all{&client, &client_policy, &client_variant,
                                               &known_result};
  return all;
}

}  // namespace halfopen::scenario
