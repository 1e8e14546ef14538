#include "run/opening.h"

#include <algorithm>
#include <utility>

#include "base/calendar.h"
#include "scenario/story.h"
#include "ws/retry_after.h"

namespace halfopen::run {
namespace {

/// More than a client may send before its handshake is answered.
constexpr std::size_t most_early = 64 * 1024;

/// Seconds since 1970: the trace's header says when the run began.
std::int64_t wall_clock(const Context& context, Time now) {
  const auto started = parse_timestamp(context.recorder.trace().header.started);
  const auto since = std::chrono::floor<std::chrono::seconds>(now - context.recorder.start());
  return started.value_or(0) + since.count();
}

}  // namespace

Opening::Opening(const Context& context, int attempt, const scenario::Attempt* table,
                 Channel& channel)
    : context_(context),
      attempt_(attempt),
      table_(table),
      channel_(channel),
      held_(context.held->unfinished) {}

void Opening::received(Time now, ByteView bytes) {
  if (state_ == State::request)
    read_request(now, bytes);
  else
    keep_early(now, bytes);
}

void Opening::read_request(Time now, ByteView bytes) {
  const std::size_t used = reader_.feed(bytes);
  if (!reader_.problem().empty())
    return bad_request(now, "valid-handshake-request", reader_.problem());
  if (!reader_.complete()) return hold_part(now, bytes.size());
  held_.set(0);
  take_request(now, reader_.request());
  reader_ = {};  // a client may keep thousands of connections open, with headers of 64 KiB each
  keep_early(now, bytes.subspan(used));
  tick(now);
}

/// A part of a request has come.
void Opening::hold_part(Time now, std::size_t size) {
  held_.set(held_.own() + size);
  if (held_.is_too_much(Held::most_unfinished))
    bad_request(now, "no-flood",
                "more than 64 MiB of unfinished requests on all connections together");
}

void Opening::take_request(Time now, const ws::Request& request) {
  state_ = State::answer;
  upgrades_ = request.has_token("Upgrade", "websocket");
  context_.recorder.add(now, trace::Request{request.method, request.target, request.headers},
                        attempt_);
  if (!excused_) check_request(context_, now, attempt_, request);
  check_credentials(now, request);
  key_ = request.header("Sec-WebSocket-Key");
  before_.time = wall_clock(context_, now);
  before_.tls = channel_.has_tls();
  check_offer(now, request);
  const bool deflates = scenario::accepts_deflate(context_.scenario, table_);
  responder_.emplace(react(request, table_, before_, deflates), now);
  if (!reaction().fault.empty())
    context_.recorder.add(
        now, trace::FaultStruck{trace::Layer::handshake, reaction().fault, "", reaction().never},
        attempt_, table_ == nullptr ? 0 : table_->handshake.place.line);
}

/// What a client sends before it can have read the answer, it must not (RFC 6455, section 4.1). It
/// is read behind the answer all the same, whole or not at all: a part would be read as something
/// else.
void Opening::keep_early(Time now, ByteView bytes) {
  if (bytes.empty()) return;
  if (upgrades_ && !responder_->head_written() && !std::exchange(early_reported_, true))
    context_.recorder.add(
        now,
        trace::Violation{"waits-for-answer", "sent data before its opening request was answered"},
        attempt_);
  if (bytes.size() > most_early - early_.size()) too_much_early_ = true;
  if (!too_much_early_) append(early_, bytes);
  held_.set(early_.capacity());
  if (held_.is_too_much(Held::most_unfinished)) too_much_early_ = true;
  if (!too_much_early_) return;
  release(early_);
  held_.set(0);
}

void Opening::bad_request(Time now, const char* rule, const std::string& problem) {
  context_.recorder.add(now, trace::Violation{rule, problem}, attempt_);
  reader_ = {};
  held_.set(0);
  state_ = State::invalid;
  append(channel_.out(),
         "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  channel_.mark_end(trace::End::refusal, 400);
}

void check_request(const Context& context, Time now, int attempt, const ws::Request& request) {
  for (const std::string& mistake : ws::handshake_mistakes(request)) {
    const bool version = mistake.find("Sec-WebSocket-Version") != std::string::npos;
    context.recorder.add(
        now, trace::Violation{version ? "version-13" : "valid-handshake-request", mistake},
        attempt);
  }
}

/// A proxy takes what is meant for it out of the requests that it reads; in a tunnel it reads none.
void Opening::check_credentials(Time now, const ws::Request& request) {
  if (!context_.scenario.server.proxy || ws::count_of(request.headers, "Proxy-Authorization") == 0)
    return;
  context_.recorder.add(
      now, trace::Violation{"keeps-proxy-credentials", "sent Proxy-Authorization to the server"},
      attempt_);
}

/// A scenario about compression says nothing of a client without it.
void Opening::check_offer(Time now, const ws::Request& request) {
  if (!scenario::needs_deflate(context_.scenario, table_)) return;
  if (!request.has_token("Upgrade", "websocket") || ws::accept_offer(request.headers)) return;
  context_.recorder.add(now,
                        trace::Unsupported{"the client does not offer permessage-deflate",
                                           "let it offer it (Sec-WebSocket-Extensions, RFC 7692)"},
                        attempt_);
  lacks_offer_ = true;
}

std::optional<ws::Deflate> Opening::deflate() const {
  return ws::agreed_extensions(reaction().answer.headers).deflate;
}

void Opening::tick(Time now) {
  if (!responder_) return;
  const Bytes due = responder_->take(now);
  append(channel_.out(), due);
  if (state_ == State::answer && responder_->done()) answered(now);
  channel_.flush();
}

void Opening::answered(Time now) {
  const ws::Answer& answer = reaction().answer;
  const int status = answer.whole ? answer.status : 0;
  const auto wait =
      ws::parse_retry_after(ws::first_value(answer.headers, "Retry-After"), before_.time + 1);
  context_.recorder.add(
      now, trace::Answer{status, reaction().fault, answer.valid, wait.value_or(Duration::zero())},
      attempt_);
  state_ = answer.valid ? State::open : State::refused;
}

Bytes Opening::take_early() {
  held_.set(0);
  return std::exchange(early_, {});
}

std::optional<Time> Opening::deadline() const {
  return responder_ ? responder_->deadline() : std::nullopt;
}

void Opening::forget() {
  reader_ = {};
  responder_.reset();
  release(early_);
  held_.set(0);
}

}  // namespace halfopen::run
