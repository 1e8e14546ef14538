// `auth = …` of a handshake: the token without which nobody gets in.
#include "scenario/readers.h"

namespace halfopen::scenario {
namespace {

using Where = Auth::Where;

const auto where = form::one_of<Where>({{"header", Where::header},
                                        {"query", Where::query},
                                        {"subprotocol", Where::subprotocol},
                                        {"message", Where::message}},
                                       "place of a token");
const Form<int> refusal = form::status(as_whole{400, 599});
const Form<int> code = form::close_code(1000, 4999);

/// What means something only where the token stands.
void check_keys(const TableReader& table, const Auth& auth) {
  if (auth.where == Where::subprotocol)
    table.refuse({"name"},
                 "means nothing here: a subprotocol is the token itself, or ends with it");
  if (auth.where == Where::message)
    table.refuse({"status"}, "means nothing here: the connection opens, and is closed with `code`");
  else
    table.refuse({"code", "within"}, "belongs to where = \"message\": here the request is refused");
}

std::optional<Auth> as_auth(const Node& node, const KeySite& at) {
  Auth auth;
  auth.name = "Authorization";
  if (const auto* token = node.get<std::string>()) {
    auth.token = *token;
    return auth;
  }
  const auto* keys = node.get<Node::Table>();
  if (keys == nullptr) return at.wrong_type(node);
  const TableReader table(*keys, node.place, sections::auth, at.problems);
  if (!table.has("token")) return at.problem(node, "give the `token`, like { token = \"T2\" }");
  sections::auth.read(table, auth);
  if (auth.where != Where::header && !table.has("name")) auth.name = "token";
  check_keys(table, auth);
  return auth;
}

}  // namespace

const SectionOf<Auth> sections::auth{"auth = {…}",
                                     {{"token", form::text, "\"T2\"", &Auth::token},
                                      {"where", where, "\"query\"", &Auth::where},
                                      {"name", form::text, "\"X-Token\"", &Auth::name},
                                      {"status", refusal, "403", &Auth::status},
                                      {"code", code, "4401", &Auth::code},
                                      {"within", form::duration, "\"5s\"", &Auth::within}}};

Form<Auth> form::auth() {
  return {"a token or a table", shape::Either{{shape::Text{}, shape::Table{&sections::auth}}},
          as_auth};
}

}  // namespace halfopen::scenario
