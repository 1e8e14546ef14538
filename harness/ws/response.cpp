#include "ws/response.h"

#include "ws/http_head.h"

namespace halfopen::ws {
namespace {

constexpr int interim_limit = 8;

bool is_interim(int status) { return 100 <= status && status < 200 && status != 101; }

}  // namespace

struct ResponseReader::State {
  HttpHeadReader head{HttpHeadReader::Kind::response};
  Response response;
  std::string problem;
  int interim = 0;
  bool complete = false;

  void end_head();
};

void ResponseReader::State::end_head() {
  const HttpHead& whole = head.head();
  if (!is_interim(whole.status)) {
    response = {whole.status, whole.reason, whole.headers, whole.version};
    complete = true;
  } else if (++interim > interim_limit) {
    problem = "more than " + std::to_string(interim_limit) + " interim responses";
  } else {
    head = HttpHeadReader(HttpHeadReader::Kind::response);
  }
}

ResponseReader::ResponseReader() : state_(std::make_unique<State>()) {}
ResponseReader::~ResponseReader() = default;
ResponseReader::ResponseReader(ResponseReader&&) noexcept = default;
ResponseReader& ResponseReader::operator=(ResponseReader&&) noexcept = default;

std::size_t ResponseReader::feed(ByteView bytes) {
  State& state = *state_;
  std::size_t taken = 0;
  while (taken < bytes.size() && !state.complete && state.problem.empty()) {
    taken += state.head.feed(bytes.subspan(taken));
    state.problem = state.head.problem();
    if (state.head.complete()) state.end_head();
  }
  return taken;
}

bool ResponseReader::complete() const { return state_->complete; }
const std::string& ResponseReader::problem() const { return state_->problem; }
const Response& ResponseReader::response() const { return state_->response; }

}  // namespace halfopen::ws
