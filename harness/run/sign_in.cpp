#include "run/sign_in.h"

#include <nlohmann/json.hpp>

namespace halfopen::run {
namespace {

bool is_token(std::string_view text, const std::string& token) {
  return text == token || text == "Bearer " + token;
}

/// Looks for a field without building the document, whose depth a hostile client chooses.
struct FieldFinder : nlohmann::json_sax<nlohmann::json> {
  const scenario::Auth& auth;
  bool at_field = false;
  bool found = false;

  explicit FieldFinder(const scenario::Auth& auth_) : auth(auth_) {}
  bool other() {
    at_field = false;
    return true;
  }
  bool null() override { return other(); }
  bool boolean(bool /*value*/) override { return other(); }
  bool number_integer(number_integer_t /*value*/) override { return other(); }
  bool number_unsigned(number_unsigned_t /*value*/) override { return other(); }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return other(); }
  bool binary(binary_t& /*value*/) override { return other(); }
  bool start_object(std::size_t /*count*/) override { return other(); }
  bool end_object() override { return other(); }
  bool start_array(std::size_t /*count*/) override { return other(); }
  bool end_array() override { return other(); }
  bool key(string_t& name) override {
    at_field = name == auth.name;
    return true;
  }
  bool string(string_t& text) override {
    if (at_field && is_token(text, auth.token)) found = true;
    return other();
  }
  bool parse_error(std::size_t /*position*/, const std::string& /*last*/,
                   const nlohmann::json::exception& /*why*/) override {
    return false;
  }
};

}  // namespace

bool SignIn::accepts(ByteView message) const {
  const std::string_view text = as_text(message);
  if (is_token(text, auth_.token)) return true;
  FieldFinder finder(auth_);
  return nlohmann::json::sax_parse(text, &finder) && finder.found;
}

scenario::CloseStep SignIn::dismissal() const {
  scenario::CloseStep close;
  close.code = auth_.code;
  close.reason = "unauthorized";
  return close;
}

}  // namespace halfopen::run
