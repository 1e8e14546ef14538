// A core that takes every connection for an attempt, and wants to know no more.
#pragma once

#include "run/inside.h"

namespace halfopen::tests {

class QuietInside : public run::Inside {
 public:
  run::Begun begin_attempt(Time /*now*/, const std::string& /*peer*/,
                           const std::optional<link::Address>& /*server*/) override {
    return {.attempt = ++attempts};
  }
  run::ResolverReply name_asked(Time /*now*/, const std::string& /*peer*/,
                                dns::Transport /*transport*/, ByteView /*message*/) override {
    return {};
  }
  void name_answered(Time /*now*/, const run::ResolverReply& /*reply*/) override {}
  bool refuses_names_by_tcp(Time /*now*/) override { return false; }
  void went_past_proxy(Time /*now*/, const std::string& /*peer*/) override {}
  void accepted(Time /*now*/, int /*attempt*/) override {}
  void received(Time /*now*/, int /*attempt*/, ByteView /*bytes*/) override {}
  void peer_finished(Time /*now*/, int /*attempt*/, run::By /*by*/) override {}
  void peer_reset(Time /*now*/, int /*attempt*/, run::By /*by*/) override {}
  void end_visible(Time /*now*/, int /*attempt*/, const trace::EndVisible& /*end*/) override {}
  void link_struck(Time /*now*/, int /*attempt*/, const trace::FaultStruck& /*fault*/) override {}
  void client_left(Time /*now*/, int /*attempt*/, trace::End /*how*/) override {}
  void page_served(Time /*now*/) override {}
  void client_printed(Time /*now*/, trace::Stream /*stream*/,
                      const std::string& /*line*/) override {}
  void client_exited(Time /*now*/, const trace::ClientExited& /*exit*/) override {}
  void unreliable(Time /*now*/, const std::string& /*why*/) override {}
  void halfopen_was_late(Time /*now*/, Duration /*by*/) override {}
  void tick(Time /*now*/) override {}

  int attempts = 0;
};

}  // namespace halfopen::tests
