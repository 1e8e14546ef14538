#include "base/error.h"
#include "faults/arguments.h"
#include "faults/proxy_plan.h"

namespace halfopen::faults {
namespace {

void stand_between(ProxyPlan& plan, const Arguments& arguments) {
  const std::string& login = argument<std::string>(arguments, "login");
  if (!login.starts_with('/') || login.find_first_of(" \r\n") != std::string::npos)
    throw Error("make a portal", "`login` is a path, like \"/login\"");
  plan.stands = ProxyPlan::Stands::unseen;
  plan.does = ProxyPlan::Does::refuse;
  plan.portal = {login, argument<Duration>(arguments, "opens_after")};
  if (argument<std::string>(arguments, "answer") == "redirect") {
    plan.refusal = proxy_answer(302);
    plan.refusal.set("Location", login);
  } else {
    plan.refusal = proxy_answer(
        200, "<!DOCTYPE html><title>Welcome</title><p><a href=\"" + login + "\">Log in</a></p>\n");
  }
}

}  // namespace

extern const Fault proxy_captive_portal = {
    .name = "captive-portal",
    .layer = Layer::proxy,
    .about =
        "A portal answers in the server's place until somebody logs in; from then on it lets "
        "everything through.",
    .background =
        "The network of a hotel or a train wants a login first, and does not say so to programs.",
    .correct =
        "Fails the connection on the portal's answer, which is no 101, follows no redirect to a "
        "page, and keeps retrying, so that it is back after the login.",
    .source = "RFC 8952, section 1; RFC 6455, section 4.1 (response, item 1)",
    .parameters = {{.name = "answer",
                    .fallback = "page",
                    .about = "page (200 and HTML) or redirect (302 to the login page).",
                    .choices = {"page", "redirect"}},
                   {.name = "login",
                    .fallback = "/login",
                    .about = "The path of the login page: a GET of it opens the portal."},
                   {.name = "opens_after",
                    .type = Type::duration,
                    .fallback = "0s",
                    .about =
                        "So long after its first answer somebody else logs in; 0s: nobody does."}},
    .stand_between = stand_between,
};

}  // namespace halfopen::faults
