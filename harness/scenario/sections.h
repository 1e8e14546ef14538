// All sections. Each is defined in the read_….cpp that reads it.
#pragma once

#include "scenario/client.h"
#include "scenario/known_results.h"
#include "scenario/scenario.h"
#include "scenario/section_of.h"

namespace halfopen::scenario::sections {

extern const SectionOf<Scenario> scenario;
extern const SectionOf<Server> server;
extern const SectionOf<Proxy> server_proxy;
extern const SectionOf<ConnectionLimit> connections;
extern const SectionOf<Page> page;
extern const SectionOf<link::Settings> link_direction;
extern const SectionOf<link::Link> link;
extern const Section loss, kernel;
extern const SectionOf<link::Idle> idle;
extern const SectionOf<link::LargestPacket> mtu;

extern const SectionOf<Attempt> attempt;
extern const Section dns, port, proxy, tls;
extern const SectionOf<Handshake> handshake;
extern const SectionOf<Auth> auth;
extern const SectionOf<At> at;
extern const SectionOf<When> when;
extern const SectionOf<Reply> reply;
extern const Section reply_to, reply_with;
extern const SectionOf<Every> every;

extern const SectionOf<Step> every_step, sending_step;
extern const SectionOf<SendStep> send_step;
extern const SectionOf<RawStep> raw_step;
extern const SectionOf<ExpectStep> expect_step;
extern const SectionOf<ExpectCloseStep> expect_close_step;
extern const SectionOf<PingStep> ping_step;
extern const SectionOf<WaitStep> wait_step;
extern const SectionOf<EchoStep> echo_step;
extern const SectionOf<CloseStep> close_step;
extern const SectionOf<FaultStep> drop_step;
extern const SectionOf<FrameStep> frame_step, frame;
extern const Section link_step;
extern const SectionOf<Tell> tell_step;
extern const SectionOf<ReadStep> read_step;
extern const SectionOf<WriteStep> write_step;
/// What stands behind their verbs.
extern const Section send, raw, match, close_fault, drop, frame_fault;

extern const SectionOf<Expect> expect, client_expectations;
extern const SectionOf<Curve> curve;
extern const SectionOf<MessageExpectation> messages;
extern const SectionOf<RequestExpectation> expect_request;
extern const SectionOf<ClosesWith> closes_with;
extern const SectionOf<ClientEvent> client_event;

extern const SectionOf<Client> client;
extern const Section client_policy;
extern const SectionOf<Variant> client_variant;
extern const SectionOf<KnownResult> known_result;

}  // namespace halfopen::scenario::sections
