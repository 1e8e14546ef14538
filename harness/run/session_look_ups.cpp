// The look-ups of a session: which attempt they belong to, and what they are told.
//
// An attempt whose table has a `dns` fault begins with the first query of its look-up, because
// there may never be a SYN. The first SYN that follows belongs to it, unless the look-up has failed
// by then. All other attempts begin with their SYN.
#include <utility>

#include "run/session.h"

namespace halfopen::run {

bool Session::awaits_syn() const {
  if (attempts_.empty()) return false;
  const Attempt& newest = attempts_.back();
  return newest.awaits_syn && !newest.connection && !newest.end_seen && !newest.reported_dead;
}

/// How the network answers at that address: the server is at one of its two.
trace::Port Session::port_at(const link::Address& server, const Attempt& attempt) const {
  if (context_.places.is_other(server) == attempt.resolution.elsewhere) return attempt.port;
  switch (attempt.resolution.left) {
    case faults::Resolution::Left::closed:
      return trace::Port::closed;
    case faults::Resolution::Left::filtered:
      return trace::Port::filtered;
    case faults::Resolution::Left::unreachable:
      return trace::Port::unreachable;
  }
  return attempt.port;
}

ResolverReply Session::name_asked(Time now, const std::string& peer, dns::Transport transport,
                                  ByteView message) {
  const auto query = dns::read_query(message);
  ResolverReply reply;
  if (!query) {
    reply = Resolver::answer_unreadable(message, transport);
  } else if (!resolver_.is_server(*query)) {
    reply = Resolver::answer_other(*query, transport);
  } else {
    if (!look_up_.includes(*query, transport)) begin_look_up(now, peer);
    look_up_.add(*query, transport);
    reply = resolver_.answer(*query, transport, look_up_resolution_);
    reply.attempt = look_up_attempt_;
  }
  note_name(now, reply);
  after(now);
  return reply;
}

void Session::begin_look_up(Time now, const std::string& peer) {
  if (!attempts_.empty()) attempts_.back().awaits_syn = false;  // Its look-up has come to nothing.
  look_up_ = LookUp{};
  look_up_attempt_ = 0;
  Attempt next = next_attempt();
  look_up_resolution_ = next.resolution;
  if (next.table == nullptr || !next.table->dns) return;
  if (attempts() >= trace::most_attempts)
    return context_.recorder.leave_out(now, trace::Noise::attempts);
  const scenario::Attempt& table = *next.table;
  next.awaits_syn = next.resolution.resolves();
  add_attempt(now, peer, std::move(next), true);
  look_up_attempt_ = attempts();
  context_.recorder.add(now,
                        trace::FaultStruck{trace::Layer::dns, std::string(table.dns->fault->name)},
                        look_up_attempt_, table.place.line);
}

void Session::note_name(Time now, const ResolverReply& reply) {
  context_.recorder.add(now, reply.noted, reply.attempt);
}

void Session::name_answered(Time now, const ResolverReply& reply) {
  if (reply.attempt == 0 || context_.outside.is_cut_off()) return;
  if (reply.end == ResolverReply::End::failed)
    end_visible(now, reply.attempt, {trace::End::unresolved, reply.code});
  if (reply.end == ResolverReply::End::silence)
    end_visible(now, reply.attempt, {trace::End::silence});
}

bool Session::refuses_names_by_tcp(Time now) {
  if (look_up_resolution_.tcp != faults::Resolution::Tcp::refuses) return false;
  ResolverReply reply;
  reply.attempt = look_up_attempt_;
  reply.end = ResolverReply::End::failed;
  reply.noted.transport = "tcp";
  reply.noted.answer = "refused";
  note_name(now, reply);
  name_answered(now, reply);
  return true;
}

}  // namespace halfopen::run
