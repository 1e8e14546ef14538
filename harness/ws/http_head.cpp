#include "ws/http_head.h"

#include <llhttp.h>

#include <algorithm>

namespace halfopen::ws {

struct HttpHeadReader::State {
  llhttp_t parser{};
  HttpHead head;
  std::string problem;
  std::size_t taken = 0;
  bool complete = false;
  bool in_field_name = false;

  explicit State(Kind kind);
  std::size_t run(ByteView bytes);
  void too_long();
};

namespace {

using State = HttpHeadReader::State;

State& state_of(llhttp_t* parser) { return *static_cast<State*>(parser->data); }

int on_target(llhttp_t* parser, const char* at, std::size_t length) {
  state_of(parser).head.target.append(at, length);
  return 0;
}

int on_reason(llhttp_t* parser, const char* at, std::size_t length) {
  state_of(parser).head.reason.append(at, length);
  return 0;
}

// llhttp hands a name or a value out in as many pieces as it was fed in.
int on_field_name(llhttp_t* parser, const char* at, std::size_t length) {
  State& state = state_of(parser);
  if (!state.in_field_name) {
    if (state.head.headers.size() == HttpHeadReader::field_limit) {
      state.problem = "the head has more than " + std::to_string(HttpHeadReader::field_limit) +
                      " header fields";
      return HPE_USER;
    }
    state.head.headers.emplace_back();
    state.in_field_name = true;
  }
  state.head.headers.back().first.append(at, length);
  return 0;
}

int on_field_value(llhttp_t* parser, const char* at, std::size_t length) {
  State& state = state_of(parser);
  state.in_field_name = false;
  state.head.headers.back().second.append(at, length);
  return 0;
}

/// llhttp lets spaces through, which RFC 9110, section 5.1 does not.
int on_field_name_end(llhttp_t* parser) {
  State& state = state_of(parser);
  if (is_token(state.head.headers.back().first)) return 0;
  state.problem = "a header field with the name \"" +
                  printable(as_bytes(state.head.headers.back().first), 40) + "\"";
  return HPE_USER;
}

int on_field_end(llhttp_t* parser) {
  State& state = state_of(parser);
  state.in_field_name = false;
  std::string& value = state.head.headers.back().second;
  value = std::string(trimmed(value));  // White space around a value is no part of it.
  return 0;
}

int on_head_end(llhttp_t* parser) {
  State& state = state_of(parser);
  state.complete = true;
  state.head.version = "HTTP/" + std::to_string(llhttp_get_http_major(parser)) + "." +
                       std::to_string(llhttp_get_http_minor(parser));
  if (llhttp_get_type(parser) == HTTP_REQUEST) {
    state.head.method = llhttp_method_name(static_cast<llhttp_method_t>(parser->method));
  } else {
    state.head.status = llhttp_get_status_code(parser);
  }
  return 2;  // No body is read: stop right behind the head, with HPE_PAUSED_UPGRADE.
}

const llhttp_settings_t& settings() {
  static const llhttp_settings_t filled = [] {
    llhttp_settings_t made;
    llhttp_settings_init(&made);
    made.on_url = on_target;
    made.on_status = on_reason;
    made.on_header_field = on_field_name;
    made.on_header_field_complete = on_field_name_end;
    made.on_header_value = on_field_value;
    made.on_header_value_complete = on_field_end;
    made.on_headers_complete = on_head_end;
    return made;
  }();
  return filled;
}

}  // namespace

HttpHeadReader::State::State(Kind kind) {
  llhttp_init(&parser, kind == Kind::request ? HTTP_REQUEST : HTTP_RESPONSE, &settings());
  parser.data = this;
}

void HttpHeadReader::State::too_long() {
  problem = "the head is longer than " + std::to_string(byte_limit) + " bytes";
}

std::size_t HttpHeadReader::State::run(ByteView bytes) {
  const std::string_view text = as_text(bytes);
  const llhttp_errno_t result = llhttp_execute(&parser, text.data(), text.size());
  if (complete) return static_cast<std::size_t>(llhttp_get_error_pos(&parser) - text.data());
  if (result != HPE_OK && problem.empty()) {
    problem = llhttp_get_error_reason(&parser);
    if (problem.empty()) problem = llhttp_errno_name(result);
  }
  return bytes.size();
}

HttpHeadReader::HttpHeadReader(Kind kind) : state_(std::make_unique<State>(kind)) {}
HttpHeadReader::~HttpHeadReader() = default;
HttpHeadReader::HttpHeadReader(HttpHeadReader&&) noexcept = default;
HttpHeadReader& HttpHeadReader::operator=(HttpHeadReader&&) noexcept = default;

std::size_t HttpHeadReader::feed(ByteView bytes) {
  State& state = *state_;
  if (state.complete || !state.problem.empty() || bytes.empty()) return 0;
  const std::size_t room = byte_limit - state.taken;
  const std::size_t taken = state.run(bytes.first(std::min(bytes.size(), room)));
  state.taken += taken;
  if (state.taken == byte_limit && !state.complete && state.problem.empty()) state.too_long();
  return taken;
}

bool HttpHeadReader::complete() const { return state_->complete; }
const std::string& HttpHeadReader::problem() const { return state_->problem; }
const HttpHead& HttpHeadReader::head() const { return state_->head; }

}  // namespace halfopen::ws
