#include "faults/proxy_plan.h"

#include <utility>

namespace halfopen::faults {

bool ProxyPlan::lets_through() const {
  if (credentials == Credentials::rejected) return false;
  return portal || does == Does::pass || does == Does::strip;
}

ProxyPlan proxy_plan(const Use& use) {
  ProxyPlan plan;
  if (use.fault != nullptr && use.fault->stand_between != nullptr)
    use.fault->stand_between(plan, use.arguments);
  return plan;
}

ws::Answer proxy_answer(int status, std::string body) {
  ws::Answer answer;
  answer.status = status;
  answer.reason = ws::reason_of(status);
  answer.body = std::move(body);
  answer.valid = false;
  answer.set("Content-Type", "text/html; charset=utf-8");
  answer.set("Content-Length", std::to_string(answer.body.size()));
  answer.set("Connection", "close");
  return answer;
}

}  // namespace halfopen::faults
