#include "run/look_ups.h"

#include <utility>

namespace halfopen::run {

ResolverReply LookUps::asked(Time now, const std::string& peer, dns::Transport transport,
                             ByteView message) {
  const auto query = dns::read_query(message);
  ResolverReply reply;
  if (!query) {
    reply = Resolver::answer_unreadable(message, transport);
  } else if (!host_.resolver().is_server(*query)) {
    reply = Resolver::answer_other(*query, transport);
  } else {
    if (!newest_.includes(*query, transport)) begin(now, peer);
    newest_.add(*query, transport);
    reply = host_.resolver().answer(*query, transport, resolution_);
    reply.attempt = attempt_;
  }
  note(now, reply);
  return reply;
}

void LookUps::begin(Time now, const std::string& peer) {
  if (!attempts_.empty()) attempts_.newest().awaits_syn = false;  // That has come to nothing.
  newest_ = LookUp{};
  attempt_ = 0;
  Attempt next = attempts_.next();
  resolution_ = next.resolution;
  if (next.table == nullptr || !next.table->dns) return;
  if (attempts_.count() >= trace::most_attempts)
    return context_.recorder.leave_out(now, trace::Noise::attempts, attempts_.client());
  const scenario::Attempt& table = *next.table;
  next.awaits_syn = next.resolution.resolves();
  attempts_.add(now, peer, std::move(next), true);
  attempt_ = attempts_.count();
  context_.recorder.add(now,
                        trace::FaultStruck{trace::Layer::dns, std::string(table.dns->fault->name)},
                        attempt_, table.place.line);
}

void LookUps::note(Time now, const ResolverReply& reply) {
  context_.recorder.add(now, reply.noted, reply.attempt, 0, attempts_.client());
}

std::optional<ResolverReply> LookUps::refuses_tcp(Time now) {
  if (resolution_.tcp != faults::Resolution::Tcp::refuses) return std::nullopt;
  ResolverReply reply;
  reply.attempt = attempt_;
  reply.end = ResolverReply::End::failed;
  reply.noted.transport = "tcp";
  reply.noted.answer = "refused";
  note(now, reply);
  return reply;
}

}  // namespace halfopen::run
