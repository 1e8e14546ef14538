#include "play.h"

#include "run/client_report.h"
#include "scenario/loader.h"
#include "trace/codec.h"
#include "trace/event.h"
#include "ws/frame.h"
#include "ws/response.h"

namespace halfopen::run {
namespace {

scenario::Scenario load(const std::string& text) {
  auto loaded = scenario::load_scenario(text, "scenarios/test.toml");
  for (const Diagnostic& each : loaded.diagnostics) UNSCOPED_INFO(render(each, text));
  REQUIRE(loaded.value);
  return *loaded.value;
}

/// A scenario must expect something; this waits for nothing.
std::string completed(const std::string& toml) {
  const bool expects = toml.find("[expect]") != std::string::npos;
  return "about = \"A test.\"\n" + toml + (expects ? "" : "[expect]\nopens = \"0..\"\n");
}

Places places() {
  const auto address = [](const char* text) { return *link::read_address(text); };
  return {address("198.51.100.20"), address("2001:db8:2::20"), address("198.51.100.21"),
          address("2001:db8:2::21"), address("2001:db8:3::30")};
}

std::string in_words(const ws::Message& message) {
  std::string words = ws::name_of(static_cast<std::uint8_t>(message.opcode));
  ByteView payload = message.payload;
  if (message.opcode == ws::Opcode::close) {
    words += " " + std::to_string(message.close_code);
    payload = payload.subspan(payload.empty() ? 0 : 2);
  }
  return payload.empty() ? words : words + " " + printable(payload, 60);
}

}  // namespace

Bytes client_frame(ws::Opcode opcode, std::string_view payload, bool fin) {
  ws::FrameHead head;
  head.opcode = static_cast<std::uint8_t>(opcode);
  head.fin = fin;
  head.mask = 0x12345678;
  Bytes bytes;
  ws::encode(bytes, head, as_bytes(payload));
  return bytes;
}

Bytes client_close(int code, std::string_view reason) {
  std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xff)};
  payload += reason;
  return client_frame(ws::Opcode::close, payload);
}

std::string steps(const std::string& list) {
  return "[[attempt]]\nsteps = [\n" + list + "\n]\n[expect]\nopens = \"0..\"\nwithin = \"1m\"\n";
}

Play::Play(const std::string& toml, bool client_reports,
           std::shared_ptr<crypto::Identities> identities)
    : Play(Story{completed(toml)}, client_reports, std::move(identities)) {}

Play::Play(const Story& story, bool client_reports, std::shared_ptr<crypto::Identities> identities)
    : scenario(load(story.text)),
      recorder({}, Time{}),
      world({scenario, recorder, outside, client_reports},
            {std::move(identities), places(), "server.test:8080"}, Time{}) {}

void Play::until(Duration at) {
  int ticks_without_progress = 0;
  while (!world.over() && world.deadline() <= Time(at)) {
    const Time due = world.deadline();
    // A deadline that stays in the past would make the real loop spin.
    ticks_without_progress = due <= time() ? ticks_without_progress + 1 : 0;
    REQUIRE(ticks_without_progress < 100);
    now = std::max(now, due.time_since_epoch());
    world.tick(time());
    deliver_ends();
  }
  now = at;
}

std::string Play::why_over() const { return world.over() ? std::string(word(*world.over())) : ""; }

std::string Play::until_over() {
  until(scenario.expect.within.value + 1s);
  return why_over();
}

int Play::connect() {
  const Begun begun = world.begin_attempt(time(), "192.0.2.10:41000");
  world.accepted(time(), begun.attempt);
  return begun.attempt;
}

int Play::knock() {
  const Begun begun = world.begin_attempt(time(), "192.0.2.10:41000");
  if (begun.port == trace::Port::closed)
    world.end_visible(time(), begun.attempt, {trace::End::reset});
  if (begun.port == trace::Port::unreachable)
    world.end_visible(time(), begun.attempt, {trace::End::unreachable});
  return begun.attempt;
}

int Play::open() {
  const int attempt = connect();
  sends(upgrade);
  return attempt;
}

void Play::sends(ByteView bytes) {
  world.received(time(), world.attempts(), bytes);
  deliver_ends();
}

void Play::says(std::string_view text) { sends(client_frame(ws::Opcode::text, text)); }

void Play::closes(int code) { sends(client_close(code)); }

void Play::client_left(trace::End how) {
  if (left_.insert(world.attempts()).second) world.client_left(time(), world.attempts(), how);
}

void Play::ends() {
  client_left(trace::End::fin);
  world.peer_finished(time(), world.attempts());
  deliver_ends();
}

void Play::resets() {
  client_left(trace::End::reset);
  world.peer_reset(time(), world.attempts());
  deliver_ends();
}

void Play::reports(const std::string& event, int code) {
  const auto report =
      read_report("{\"event\":\"" + event + "\",\"code\":" + std::to_string(code) + "}");
  world.client_reported(time(), *report);
  deliver_ends();
}

void Play::exits(int code) { world.client_exited(time(), {code, 0, false}); }

/// The link has no delay: what was marked is seen at once. An RST that has been delivered is for
/// io to report, and here for the test.
void Play::deliver_ends() {
  while (delivers && delivered_marks_ < outside.marks.size()) {
    const FakeOutside::Mark mark = outside.marks[delivered_marks_++];
    if (mark.end.how != trace::End::reset) world.end_visible(time(), mark.attempt, mark.end);
  }
}

Lines Play::heard(int attempt) const {
  Lines lines;
  const auto written = outside.written.find(attempt);
  if (written == outside.written.end()) return lines;
  ws::ResponseReader head;
  const std::size_t used = head.feed(written->second);
  if (!head.complete()) return {printable(written->second, 100)};
  lines.push_back(std::to_string(head.response().status) + " " + head.response().reason);
  const ByteView rest = ByteView(written->second).subspan(used);
  if (head.response().status != 101) {
    if (!rest.empty()) lines.push_back(printable(rest, 100));
    return lines;
  }
  ws::Receiver receiver(ws::Role::client, {nullptr, [&](const ws::Message& message) {
                                             lines.push_back(in_words(message));
                                           }});
  receiver.feed(rest);
  if (receiver.violation()) lines.push_back("! " + receiver.violation()->text);
  if (receiver.data_after_close()) lines.emplace_back("! data after Close");
  return lines;
}

Lines Play::trace(const std::set<std::string>& names) const {
  Lines lines;
  for (trace::Event event : recorder.trace().events) {
    if (!names.empty() && names.count(std::string(trace::name_of(event.body))) == 0) continue;
    event.client = 0;
    lines.push_back(trace::to_line(event));
  }
  return lines;
}

}  // namespace halfopen::run
