#include "io/page_server.h"

#include <optional>
#include <utility>

#include "ws/answer.h"
#include "ws/request.h"

namespace halfopen::io {
namespace {

/// A browser has a handful at a time.
constexpr std::size_t most_visits = 100;

}  // namespace

/// One connection: one request, one answer, the end.
class PageServer::Visit {
 public:
  Visit(PageServer& server, Descriptor socket, std::function<void()> over)
      : server_(server), over_(std::move(over)) {
    if (server.identity_) {
      tls_ = crypto::Tls::server(server.identity_);
      tls_->start();
    }
    Stream::Events events;
    events.on_data = [this](ByteView bytes) { received(bytes); };
    events.on_end = events.on_failure = [this] { over_(); };
    stream_ = std::make_unique<Stream>(server.loop_, std::move(socket), std::move(events));
  }

 private:
  void received(ByteView wire) {
    Bytes plain;
    if (tls_) {
      tls_->received(wire, plain);
      stream_->write(tls_->take_output());
      if (tls_->state() == crypto::Tls::State::failed) return stream_->finish();
      wire = plain;
    }
    if (answered_) return;
    reader_.feed(wire);
    if (!reader_.complete() && reader_.problem().empty()) return;
    answered_ = true;
    answer();
  }

  void answer() {
    const bool found = reader_.complete() && reader_.request().target == "/";
    ws::Answer answer;
    answer.status = found ? 200 : 404;
    answer.reason = ws::reason_of(answer.status);
    answer.headers = {{"Content-Type", "text/html; charset=utf-8"},
                      {"Cache-Control", "no-store"},
                      {"Connection", "close"}};
    answer.body = found ? server_.html_ : "not found\n";
    answer.set("Content-Length", std::to_string(answer.body.size()));
    const std::string text = ws::serialise(answer);
    if (!tls_) {
      stream_->write(as_bytes(text));
    } else {
      tls_->send(as_bytes(text));
      tls_->shutdown();
      stream_->write(tls_->take_output());
    }
    stream_->finish();
    if (found) server_.inside_.page_served(now());
  }

  PageServer& server_;
  std::function<void()> over_;
  std::optional<crypto::Tls> tls_;
  ws::RequestReader reader_;
  bool answered_ = false;
  std::unique_ptr<Stream> stream_;
};

PageServer::PageServer(Loop& loop, Descriptor listener,
                       std::shared_ptr<const crypto::Identity> identity, std::string html,
                       run::Inside& inside)
    : loop_(loop),
      identity_(std::move(identity)),
      html_(std::move(html)),
      inside_(inside),
      acceptor_(loop, std::move(listener), {[this](Descriptor socket, const std::string& /*peer*/) {
                  visited(std::move(socket));
                }}) {}

PageServer::~PageServer() = default;

void PageServer::visited(Descriptor socket) {
  if (visits_.size() >= most_visits) return;
  const int id = ++next_visit_;
  visits_[id] = std::make_shared<Visit>(*this, std::move(socket), [this, id] {
    // The visit is in the middle of a call: it goes at the end of it.
    loop_.at(now(), [gone = std::exchange(visits_[id], nullptr)] {});
    visits_.erase(id);
  });
}

}  // namespace halfopen::io
